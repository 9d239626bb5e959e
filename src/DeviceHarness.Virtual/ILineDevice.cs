using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual;

/// <summary>A virtual device that can be put on a line.</summary>
/// <remarks>Safe for use from any thread; one pump at a time.</remarks>
public interface ILineDevice
{
    /// <summary>The name in the rig file.</summary>
    string Name { get; }

    /// <summary>The rate and form at which the device listens and speaks; null where the line has its own.</summary>
    LineSetting? Line { get; }

    /// <summary>Whether a connection that it serves is over: it cannot read on, or has no power.</summary>
    bool IsConnectionOver { get; }

    /// <summary>How long until <see cref="Step"/> is due without octets; infinite when it is not.</summary>
    TimeSpan TimeToNextStep { get; }

    /// <summary>The line was opened anew: nothing is connected and nothing half received.</summary>
    void ResetLink();

    /// <summary>Gives octets to the device and takes its answer.</summary>
    /// <param name="octets">What came; empty when only time passed.</param>
    /// <returns>What it transmits; valid until the next step.</returns>
    ReadOnlyMemory<byte> Step(ReadOnlySpan<byte> octets);

    /// <summary>Serves a line until it is told to stop; a connection only until the device ends it.</summary>
    /// <param name="line">The line; it is not disposed of.</param>
    /// <param name="cancellationToken">Stops the pump; the device keeps its state.</param>
    /// <exception cref="Abstractions.Errors.TransportException">The line is gone.</exception>
    /// <exception cref="IOException">A command could not be kept in the command log: the device stopped rather than answer.</exception>
    /// <exception cref="OperationCanceledException">The pump was told to stop.</exception>
    Task RunAsync(VirtualLine line, CancellationToken cancellationToken);
}
