namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>Reasons that the orchestrator gives to attempts which it ends itself.</summary>
internal static class AttemptTexts
{
    /// <summary>The lease ended by rule; what the rig is told.</summary>
    public const string LeaseOver = "the lease ended: time budget and grace are over";

    /// <summary>The rig lost its power, or its agent died, in the middle of an attempt.</summary>
    public const string TailLost = "the agent restarted in the middle of the attempt; what it had not written to its journal is lost";
}
