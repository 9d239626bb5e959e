namespace DeviceHarness.Packs.Steps;

/// <summary>When a step runs.</summary>
public enum StepWhen
{
    /// <summary>Always.</summary>
    Always,

    /// <summary>Only after an earlier step that goes on when missed was missed.</summary>
    Missed,

    /// <summary>Only when no earlier step that goes on when missed was missed.</summary>
    Met,
}
