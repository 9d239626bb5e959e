namespace DeviceHarness.Drivers.Survey;

/// <summary>One thing that was tried on a line.</summary>
/// <param name="Line">Rate and form of the octets, such as <c>9600 baud 8N1</c>.</param>
/// <param name="Tried">What was sent.</param>
/// <param name="Answer">What came of it.</param>
/// <param name="IsAnswered">Whether a device answered.</param>
public sealed record SurveyAttempt(string Line, string Tried, string Answer, bool IsAnswered);
