namespace DeviceHarness.Packs.Steps;

/// <summary>What a missed expectation of a step means for its case.</summary>
public enum StepMiss
{
    /// <summary>The case ends: the device did not do what it should.</summary>
    End,

    /// <summary>The case goes on, and ends Failed all the same.</summary>
    Continue,

    /// <summary>The case ends Blocked: what the step looked at is the bench's, and the device is not judged.</summary>
    Block,
}
