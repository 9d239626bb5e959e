using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Clock;
using DeviceHarness.Agent.Power;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Virtual;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Control;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Hub;
using DeviceHarness.Virtual.Power;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent.Bench;

/// <summary>Serves the virtual devices of a rig at the far end of pseudo-terminals, or at loopback addresses.</summary>
public static class VirtualBenchHost
{
    /// <summary>The names of the defects that can be planted in a virtual device on a line; those of devices on an adapter's radio are
    /// <see cref="VirtualAdapterHost.DefectNames"/>.</summary>
    public static IEnumerable<string> DefectNames => EsmeDefectNames.All.Keys.Order(StringComparer.Ordinal);

    /// <summary>The names of the defects that can be planted in a virtual relay board, always as <c>board:name</c>.</summary>
    public static IEnumerable<string> BoardDefectNames => RelayBoardDefectNames.All.Keys.Order(StringComparer.Ordinal);

    /// <summary>Serves until cancelled; then removes the links.</summary>
    /// <param name="rig">The rig; its devices with <c>via: virtual</c> are served.</param>
    /// <param name="dataFolder">Where links and the command log go.</param>
    /// <param name="defects">Defects to plant, as <c>name</c> (in the first device that can have it) or <c>device:name</c>; a device on a
    /// radio has the name of the adapter's model file, and is looked for on the first adapter. A relay board's is always
    /// <c>board:name</c>.</param>
    /// <param name="onReady">Told the ports when clients may open them.</param>
    /// <param name="time">Real time; the devices' runs with it, or faster where the rig file says so.</param>
    /// <param name="logs">Where faults are logged.</param>
    /// <param name="cancellationToken">Stops the bench.</param>
    /// <exception cref="ConfigurationException">A model file or a defect's name is wrong, faults are asked for on a TCP connection, a
    /// virtual relay board is to feed something else than a virtual meter, or the rig has no virtual device.</exception>
    /// <exception cref="TransportException">Another bench serves this rig from the same data folder, or no pseudo-terminal or port
    /// is to be had.</exception>
    /// <exception cref="IOException">What a device kept without power cannot be read or written.</exception>
    public static async Task RunAsync(
        RigConfiguration rig, string dataFolder, IReadOnlyList<string> defects, Action<IReadOnlyList<VirtualPort>> onReady,
        TimeProvider time, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        ILogger log = logs.CreateLogger("bench");
        RigDevice[] devices = [.. rig.Devices.Where(device => device.Link.Via == LinkVia.Virtual)];
        RigDevice[] recorded = [.. rig.Devices.Where(device => device.Link.Via == LinkVia.Replay)];
        RigAdapter[] adapters = [.. rig.Adapters.Where(adapter => adapter.IsVirtual)];
        RequireAny(rig, devices.Length + recorded.Length + adapters.Length);
        string[] ofBoards = [.. defects.Where(defect => VirtualBoards.IsMeant(defect, rig))];
        string[] ofRadio = adapters.Length == 0 ? [] : [.. defects.Except(ofBoards).Where(defect => IsOfRadio(defect, devices))];
        Dictionary<string, EsmeDefects> planted = Planted(rig, devices, [.. defects.Except(ofBoards).Except(ofRadio)]);
        string folder = BenchPaths.Folder(dataFolder, rig.Name);
        DataFolder.Create(dataFolder);
        Directory.CreateDirectory(folder);
        using FileStream hold = Hold(Path.Combine(folder, "lock"), $"the rig {rig.Name}");
        BenchOwner.Write(folder);
        using SharedClock? shared = rig.IsScaled ? SharedClock.Open(dataFolder, rig.Name) : null;
        ClockKeeper? keeper = shared is null ? null : new ClockKeeper(shared, rig.ClockScale, time);
        TimeProvider clock = shared is null ? time : new ScaledClock(shared, rig.ClockScale, time);
        using FileCommandLog commands = new(BenchPaths.CommandLog(dataFolder, rig.Name));
        List<VirtualStation> stations = [];
        List<RecordedStation> records = [];
        VirtualBoards boards = new(rig, dataFolder, log);
        try
        {
            records.AddRange(recorded.Select(device => RecordedStation.Open(device, rig, dataFolder, time, log)));
            foreach (RigDevice device in devices)
            {
                VirtualDeviceModel model = ReadModel(rig, device, clock);
                model = model with { Defects = model.Defects | planted.GetValueOrDefault(device.Id.Value) };
                stations.Add(VirtualStation.Open(device, model, dataFolder, rig.Name, time, keeper is null ? null : keeper.Touch, log));
            }

            VirtualBench bench = new(
                [.. stations.Select(station => station.Device)], clock, (name, fault) => AgentLog.VirtualDeviceFailed(log, name, fault),
                commands, shared is null ? null : time);
            BenchControl told = new(bench.Esmes);
            boards.Open(ofBoards, told.Relays, time);
            using BenchControlServer control = new(told, BenchPaths.Control(folder), time);
            using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            VirtualAdapters radios = VirtualAdapters.Start(
                rig, adapters, dataFolder, ofRadio, time, name => bench.Esmes.GetValueOrDefault(name), over.Token);
            await radios.ReadyAsync().ConfigureAwait(false);
            Task beside = Task.WhenAll(control.RunAsync(over.Token), boards.RunAsync(over.Token), KeepAsync(keeper, bench, over.Token));
            Task running = Task.WhenAll(
                [
                    bench.RunAsync(cancellationToken), radios.RunAsync(),
                    .. records.Select(record => record.RunAsync(log, cancellationToken)),
                ]);
            onReady([.. stations.Select(station => station.Port), .. records.Select(record => record.Port), .. boards.Ports]);
            await running.ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            await beside.ConfigureAwait(false);
        }
        finally
        {
            await CloseAsync([boards, .. stations, .. records]).ConfigureAwait(false);
        }
    }

    private static async Task CloseAsync(IEnumerable<IAsyncDisposable> served)
    {
        foreach (IAsyncDisposable one in served)
        {
            await one.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static void RequireAny(RigConfiguration rig, int served)
    {
        if (served == 0)
        {
            throw new ConfigurationException(
                "RIG-004", rig.File, 0, 0, "devices", "no device with 'link: { via: virtual }' or 'via: replay:<file>'",
                "at least one for a virtual bench");
        }
    }

    private static Task KeepAsync(ClockKeeper? keeper, VirtualBench bench, CancellationToken cancellationToken)
    {
        if (keeper is null)
        {
            return Task.CompletedTask;
        }

        keeper.IsTelling = () => bench.IsTelling;
        return keeper.RunAsync(cancellationToken);
    }

    private static VirtualDeviceModel ReadModel(RigConfiguration rig, RigDevice device, TimeProvider time)
    {
        string path = Path.Combine(rig.Folder, device.Link.Model);
        if (!File.Exists(path))
        {
            throw new ConfigurationException(
                "RIG-005", rig.File, 0, 0, $"devices.{device.Id}.link.model", $"no file {path}", "a virtual device's model file");
        }

        VirtualDeviceModel model = device.DeviceType == DeviceProfile.CommsHub
            ? HubModelReader.ReadFile(path, time.GetUtcNow())
            : EsmeModelReader.ReadFile(path);
        return model.Link.IsOverTcp && device.Link.Faults is not null
            ? throw new ConfigurationException(
                "RIG-008", rig.File, 0, 0, $"devices.{device.Id}.link.faults", "faults on a TCP connection",
                "faults on a serial line: TCP itself loses and changes no octets")
            : model;
    }

    /// <summary>Whether a defect is one of a device on an adapter's radio: it names no device on a line, or none at all and a defect that
    /// only devices on a radio have.</summary>
    internal static bool IsOfRadio(string defect, IReadOnlyList<RigDevice> onLines)
    {
        string[] parts = defect.Split(':', 2);
        return VirtualAdapterHost.DefectNames.Contains(parts[^1])
            && (parts.Length == 2
                ? onLines.All(device => device.Id.Value != parts[0])
                : onLines.Count == 0 || !DefectNames.Contains(parts[0]));
    }

    private static Dictionary<string, EsmeDefects> Planted(RigConfiguration rig, RigDevice[] devices, IReadOnlyList<string> defects)
    {
        Dictionary<string, EsmeDefects> planted = [];
        foreach (string defect in defects)
        {
            string[] parts = defect.Split(':', 2);
            string device = parts.Length == 2 ? parts[0] : devices.FirstOrDefault()?.Id.Value ?? string.Empty;
            if (devices.All(candidate => candidate.Id.Value != device))
            {
                throw new ConfigurationException(
                    "RIG-006", rig.File, 0, 0, "--defect", $"'{defect}'",
                    $"a virtual device: {string.Join(", ", devices.Select(candidate => candidate.Id))}");
            }

            IReadOnlyDictionary<string, EsmeDefects> known =
                devices.First(candidate => candidate.Id.Value == device).DeviceType == DeviceProfile.CommsHub
                    ? HubModel.DefectNames
                    : EsmeDefectNames.All;
            if (!known.TryGetValue(parts[^1], out EsmeDefects flag))
            {
                throw new ConfigurationException(
                    "RIG-006", rig.File, 0, 0, "--defect", $"'{parts[^1]}'", string.Join(", ", known.Keys));
            }

            planted[device] = planted.GetValueOrDefault(device) | flag;
        }

        return planted;
    }

    /// <summary>Holds what one process at a time may serve, until it is disposed of.</summary>
    /// <exception cref="TransportException">BENCH-001: another serves it.</exception>
    internal static FileStream Hold(string path, string served)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new TransportException(
                "BENCH-001",
                $"another virtual bench already serves {served} from this data folder; stop it, or give --data another folder",
                path, exception);
        }
    }
}
