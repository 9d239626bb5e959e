using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Agent.Bench;

/// <summary>What cases ask of the person at a bench, from another process.</summary>
public static class OperatorListing
{
    /// <summary>The open questions of a rig by number.</summary>
    /// <param name="dataFolder">The data folder of its agent.</param>
    /// <param name="rig">The rig's name.</param>
    /// <exception cref="TransportException">OPER-001: they cannot be read.</exception>
    public static IReadOnlyList<OpenQuestion> Open(string dataFolder, string rig) =>
        OperatorDesk.Open(OperatorDesk.FolderOf(dataFolder, rig));

    /// <summary>Answers one.</summary>
    /// <param name="dataFolder">The data folder of its agent.</param>
    /// <param name="rig">The rig's name.</param>
    /// <param name="number">Which.</param>
    /// <param name="answer">The answer.</param>
    /// <exception cref="TransportException">OPER-001: it cannot be kept. OPER-002: nothing of that number is asked, or it wants a value or
    /// a picture.</exception>
    public static void Answer(string dataFolder, string rig, int number, OperatorAnswer answer) =>
        OperatorDesk.Answer(OperatorDesk.FolderOf(dataFolder, rig), number, answer);
}
