import HistoryModel
import Testing
