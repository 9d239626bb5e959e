using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Orchestrator;

/// <summary>The orchestrator cannot start.</summary>
/// <remarks>Codes: ORCH-001 another orchestrator holds the data folder; ORCH-002 the address cannot be bound; ORCH-003 the address is
/// not a loopback address and no certificates are given; ORCH-004 the data folder cannot be used.</remarks>
public sealed class OrchestratorException : HarnessException
{
    /// <summary>Another orchestrator holds the data folder.</summary>
    public const string FolderInUse = "ORCH-001";

    /// <summary>The address cannot be bound.</summary>
    public const string AddressNotBound = "ORCH-002";

    /// <summary>The address is not a loopback address, and no certificates are given.</summary>
    public const string NotLoopback = "ORCH-003";

    /// <summary>The data folder cannot be used.</summary>
    public const string FolderNotUsable = "ORCH-004";

    /// <summary>Creates the exception.</summary>
    /// <param name="code">One of the codes of this class.</param>
    /// <param name="message">What was being done, what happened, what to try.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public OrchestratorException(string code, string message, Exception? innerException = null)
        : base(code, message, isTransient: false, innerException)
    {
    }
}
