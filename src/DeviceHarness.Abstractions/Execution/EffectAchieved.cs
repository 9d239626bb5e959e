namespace DeviceHarness.Abstractions.Execution;

/// <summary>Whether a command did what it is for, whatever was said of it.</summary>
public enum EffectAchieved
{
    /// <summary>The case has no way to know.</summary>
    Unknown = 0,

    /// <summary>It did, as the case knows.</summary>
    Yes = 1,

    /// <summary>It did not, as the case knows.</summary>
    No = 2,
}
