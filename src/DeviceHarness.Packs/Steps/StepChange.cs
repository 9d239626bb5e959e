namespace DeviceHarness.Packs.Steps;

/// <summary>What a step does to a device beyond the test.</summary>
public enum StepChange
{
    /// <summary>Nothing: it reads, or it is refused before it reaches a device.</summary>
    None,

    /// <summary>It changes the device, and a later step can undo that.</summary>
    Reversible,

    /// <summary>It wears a part out: contactor, valve, battery, flash.</summary>
    Wearing,

    /// <summary>Nothing undoes it: a top-up code, a clock step, a key, firmware without a way back, a tamper switch.</summary>
    Irreversible,
}
