using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Virtual.Control;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Power;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent.Bench;

/// <summary>The virtual relay boards of a rig, each served on a pseudo-terminal of its own, their contacts before the meters of the
/// bench.</summary>
/// <param name="rig">The rig; its feeds say which channel is wired to which meters.</param>
/// <param name="dataFolder">Where the links go.</param>
/// <param name="log">Where is told of a board that failed.</param>
internal sealed class VirtualBoards(RigConfiguration rig, string dataFolder, ILogger log) : IAsyncDisposable
{
    private readonly List<(VirtualRelayBoard Board, VirtualLine Line)> _served = [];
    private readonly List<VirtualPort> _ports = [];

    /// <summary>Where clients reach the boards.</summary>
    internal IReadOnlyList<VirtualPort> Ports => _ports;

    /// <summary>Whether a defect is one of a virtual relay board: it names one, as <c>board:name</c>. A device of that name has it before
    /// the board.</summary>
    /// <param name="defect">The defect, as a command line names it.</param>
    /// <param name="rig">The rig.</param>
    internal static bool IsMeant(string defect, RigConfiguration rig)
    {
        string[] parts = defect.Split(':', 2);
        return parts.Length == 2 && Of(rig).Any(board => board.Name == parts[0]) && rig.Devices.All(device => device.Id.Value != parts[0]);
    }

    /// <summary>Opens the boards; they answer once <see cref="RunAsync"/> is called.</summary>
    /// <param name="defects">The defects to plant, each as <c>board:name</c>.</param>
    /// <param name="relays">Where the meters of the bench get their supply, by their names.</param>
    /// <param name="time">What makes the boards' time run.</param>
    /// <exception cref="ConfigurationException">RIG-006: a board cannot have a defect. RIG-013: a virtual board is to feed what is no meter
    /// of the bench.</exception>
    /// <exception cref="TransportException">No pseudo-terminal is to be had.</exception>
    internal void Open(IReadOnlyCollection<string> defects, IReadOnlyDictionary<string, VirtualRelay> relays, TimeProvider time)
    {
        foreach (RelayBoardSettings board in Of(rig))
        {
            RigFeed[] feeds = [.. rig.Power.Feeds.Where(feed => feed.Switch is BoardSwitch wired && wired.Board == board.Name)];
            VirtualRelayBoard served = new(
                board.Name, OptionsOf(board, feeds, defects), [.. feeds.Select(feed => ContactOf(feed, relays))], time);
            PtyMasterTransport pty = PtyMasterTransport.Create(
                new PtySettings { Name = board.Name, LinkPath = BenchPaths.Board(dataFolder, rig.Name, board.Name) });
            _served.Add((served, new VirtualLine(pty)
            {
                Baud = board.Baud,
                ReadClientBaud = () => pty.ClientBaud,
                WrongBaudSeen = baud => AgentLog.WrongBaud(log, board.Name, baud, board.Baud),
            }));
            _ports.Add(new VirtualPort(new DeviceId(board.Name), pty.ClientPath, pty.SlavePath));
        }
    }

    /// <summary>Serves until it is told to stop; a board that fails is told of and stops, the others go on.</summary>
    /// <param name="cancellationToken">Stops them; that is no error.</param>
    internal Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_served.Select(served => ServeAsync(served.Board, served.Line, cancellationToken)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach ((_, VirtualLine line) in _served)
        {
            await line.Transport.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static IEnumerable<RelayBoardSettings> Of(RigConfiguration rig) => rig.Power.Boards.Where(board => board.Port.Length == 0);

    private async Task ServeAsync(VirtualRelayBoard board, VirtualLine line, CancellationToken cancellationToken)
    {
        Task pump = board.RunAsync(line, cancellationToken);
        await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (pump.Exception is AggregateException failure)
        {
            AgentLog.VirtualDeviceFailed(log, board.Name, failure.InnerExceptions[0]);
        }
    }

    private RelayBoardOptions OptionsOf(RelayBoardSettings board, IEnumerable<RigFeed> feeds, IReadOnlyCollection<string> defects)
    {
        RelayBoardProtocol protocol = board.Kind == RelayBoardKind.Lcus ? RelayBoardProtocol.Lcus : RelayBoardProtocol.Modbus;
        int highest = feeds.Select(feed => ((BoardSwitch)feed.Switch).Channel).Append(RelayBoardOptions.UsualChannels).Max();
        IReadOnlyList<string> known = RelayBoardDefectNames.Of(protocol);
        RelayBoardDefects planted = RelayBoardDefects.None;
        foreach (string[] parts in defects.Select(defect => defect.Split(':', 2)).Where(parts => parts[0] == board.Name))
        {
            string name = parts[1];
            planted |= known.Contains(name)
                ? RelayBoardDefectNames.All[name]
                : throw new ConfigurationException("RIG-006", rig.File, 0, 0, "--defect", $"'{name}'", string.Join(", ", known));
        }

        return new RelayBoardOptions(protocol)
        {
            Channels = highest,
            Address = (byte)board.Address,
            Defects = planted,
        };
    }

    private BoardContact ContactOf(RigFeed feed, IReadOnlyDictionary<string, VirtualRelay> relays)
    {
        BoardSwitch wired = (BoardSwitch)feed.Switch;
        return new BoardContact(wired.Channel, wired.IsNormallyClosed, [.. feed.Feed.Devices.Select(device =>
            relays.TryGetValue(device.Value, out VirtualRelay? relay) ? relay : throw new ConfigurationException(
                "RIG-013", rig.File, 0, 0, $"power.feeds.{feed.Feed.Name}.devices", $"'{device}' behind the virtual board '{wired.Board}'",
                $"a meter of the virtual bench: {string.Join(", ", relays.Keys.Order(StringComparer.Ordinal))}"))]);
    }
}
