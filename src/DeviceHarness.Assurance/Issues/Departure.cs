namespace DeviceHarness.Assurance.Issues;

/// <summary>What kind of departure from the specification a fault is, when its effect and its report are right.</summary>
public enum Departure
{
    /// <summary>Nobody has said.</summary>
    Unknown = 0,

    /// <summary>A minor one, without effect on a User's process.</summary>
    Minor = 1,

    /// <summary>In a text, a display or a test asset alone.</summary>
    Asset = 2,
}
