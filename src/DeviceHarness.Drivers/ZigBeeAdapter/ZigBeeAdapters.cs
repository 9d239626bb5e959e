using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

namespace DeviceHarness.Drivers.ZigBeeAdapter;

/// <summary>Opens the line to an adapter, each time that it is started: after it was unplugged the port is another one.</summary>
/// <param name="cancellationToken">Ends the wait.</param>
/// <exception cref="Abstractions.Errors.TransportException">The port is missing or busy.</exception>
public delegate ValueTask<IByteTransport> OpenAdapterPort(CancellationToken cancellationToken);

/// <summary>The kinds of adapter that there are.</summary>
public static class ZigBeeAdapters
{
    /// <summary>EmberZNet NCP firmware: EZSP over ASH.</summary>
    public const string Ezsp = "ezsp";

    /// <summary>All kinds, as a rig file names them.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Ezsp];

    /// <summary>Makes an adapter; nothing is opened yet.</summary>
    /// <param name="settings">Its kind, and how it is set up.</param>
    /// <param name="port">The port, as the rig file names it.</param>
    /// <param name="open">Opens the line.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static IZigBeeAdapter Create(
        ZigBeeAdapterSettings settings, string port, OpenAdapterPort open, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Kind switch
        {
            Ezsp => new EzspAdapter(settings, port, open, timeProvider),
            _ => throw new ArgumentException(
                $"'{settings.Kind}' is no kind of adapter; allowed: {string.Join(", ", Kinds)}", nameof(settings)),
        };
    }
}
