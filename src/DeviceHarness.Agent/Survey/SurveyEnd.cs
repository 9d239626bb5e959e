namespace DeviceHarness.Agent.Survey;

/// <summary>How a survey ended.</summary>
public enum SurveyEnd
{
    /// <summary>All that a survey looks for is known.</summary>
    Known = 0,

    /// <summary>A device answered, and something of it is not known.</summary>
    Incomplete,

    /// <summary>No device answered, or the port was lost.</summary>
    NothingFound,

    /// <summary>A person ended it; what was known by then is kept.</summary>
    Interrupted,
}
