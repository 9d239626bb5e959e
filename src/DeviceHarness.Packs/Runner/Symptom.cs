namespace DeviceHarness.Packs.Runner;

/// <summary>How a step, or an attempt, ended, before anybody judges it.</summary>
public enum Symptom
{
    /// <summary>Every expectation was met.</summary>
    ExpectationsMet,

    /// <summary>An expectation was missed, and an answer showed the link to be sound, or no link was needed.</summary>
    ExpectationMissed,

    /// <summary>The device refused, as its model is known to.</summary>
    KnownDeparture,

    /// <summary>The device carried out what its model is known to refuse: what is known is wrong, or the device is another.</summary>
    UnexpectedSuccess,

    /// <summary>The expectations of a step that was repeated were met in none of its rounds, and an answer showed the link to be sound in
    /// each.</summary>
    NeverMet,

    /// <summary>An expectation of a moment was missed by no more than the time that the request took: nothing tells whether the device was
    /// wrong or the line slow.</summary>
    MomentUnproven,

    /// <summary>No link to the device came up (E20), and the step did not expect that.</summary>
    Unreachable,

    /// <summary>The device did not answer (E21), the link answered a probe, and the step did not expect that.</summary>
    SilentOnSoundLink,

    /// <summary>The device did not answer, nor did the link answer a probe, or none was made; the step did not expect that.</summary>
    SilentLink,

    /// <summary>The device's octets break its protocol: the device or the line is at fault, and nothing tells which.</summary>
    BrokenProtocol,

    /// <summary>The bench broke: a port is gone, or nothing came in the time allowed.</summary>
    BenchBroke,

    /// <summary>The device answered a legal "no" where the harness knows no answer but a yes.</summary>
    DeviceRefused,

    /// <summary>The service refused as malformed a request that the step meant to be well-formed.</summary>
    RequestMalformed,

    /// <summary>The harness, the pack or the configuration is wrong.</summary>
    HarnessWrong,

    /// <summary>A precondition does not hold, or the bench lacks a device.</summary>
    PreconditionUnmet,

    /// <summary>The step was not needed: what it waits for in earlier steps did not happen.</summary>
    NotNeeded,

    /// <summary>The step did not end in its time.</summary>
    StepTimedOut,

    /// <summary>The case's budget was spent.</summary>
    BudgetSpent,

    /// <summary>Somebody cancelled the attempt.</summary>
    Cancelled,
}
