namespace DeviceHarness.Abstractions.Execution;

/// <summary>What the person at the bench is asked.</summary>
/// <param name="Device">The device that it is about, by its name in the rig file.</param>
/// <param name="Text">What to do or to read, in a sentence.</param>
public sealed record OperatorQuestion(string Device, string Text)
{
    /// <summary>Whether a value is to be entered; else it is enough to say that it is done.</summary>
    public bool WantsValue { get; init; }

    /// <summary>Whether a picture is to come with the answer; one may come with any.</summary>
    public bool WantsPicture { get; init; }
}
