namespace DeviceHarness.Assurance.Issues;

/// <summary>How far a fault reaches.</summary>
public enum Spread
{
    /// <summary>Not known: one device, or one attempt, does not tell.</summary>
    Unknown = 0,

    /// <summary>Every device of the model, or a whole installation type.</summary>
    Whole = 1,

    /// <summary>Some devices, or some attempts on the same device.</summary>
    Partial = 2,
}
