extension [any Page] {
  /// Every page, in the order of their keys.
  static func all(demonstrations: Demonstrations?) -> [any Page] {
    [
      ChartsPage(), ComparisonPage(), SamplesPage(), FitPage(), LayersPage(), CalibrationPage(),
      DemonstrationsPage(demonstrations), GradientsPage(), WeightsPage(), LogPage(), GlossaryPage(),
    ]
  }
}
