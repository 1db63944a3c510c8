internal import Reports

extension [any Page] {
  /// Every page, in the order of their keys.
  static func all(demonstrations: DemonstrationSource?, lesson: Lesson? = nil) -> [any Page] {
    [
      ChartsPage(), ComparisonPage(), SamplesPage(), FitPage(), LayersPage(), CalibrationPage(),
      LessonsPage(demonstrations, lesson: lesson), GradientsPage(), WeightsPage(), LogPage(), GlossaryPage(),
      SystemPage(), SessionsPage(),
    ]
  }
}
