using System.Text;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Agent.Undo;

/// <summary>How often each device of a rig was sent what wears a part of it out (contactor, valve, flash), on the disk: counted before
/// the first octet, so that an agent that is killed over and over wears nothing out uncounted. Safe for use from any thread.</summary>
/// <remarks>One file a device, a line for each command. Counted are real devices, and those whose limit the rig file states. A case that
/// would go beyond the limit does not begin; what puts a device back to its baseline is counted and always sent.</remarks>
internal sealed class WearLedger
{
    /// <summary>The commands that a real device takes when its rig file does not say how many; a person who knows the model says
    /// more.</summary>
    public const int DefaultLimit = 1_000;

    private const string Extension = ".journal";
    private const char End = '\n';

    private readonly Lock _gate = new();
    private readonly IJournalStorage _storage;
    private readonly Dictionary<DeviceId, int> _limits;
    private readonly Dictionary<DeviceId, int> _counts = [];

    /// <summary>Opens what an earlier process left.</summary>
    /// <param name="storage">Where it is kept.</param>
    /// <param name="limits">The devices that are counted, and how often each may be worn.</param>
    /// <exception cref="TransportException">WEAR-001: it cannot be read.</exception>
    public WearLedger(IJournalStorage storage, IReadOnlyDictionary<DeviceId, int> limits)
    {
        _storage = storage;
        _limits = new Dictionary<DeviceId, int>(limits);
        foreach (DeviceId device in limits.Keys)
        {
            _counts[device] = OnMedium(device, () => Read(device));
        }
    }

    /// <summary>How often each device that is counted may be worn.</summary>
    /// <param name="rig">The rig.</param>
    public static IReadOnlyDictionary<DeviceId, int> LimitsOf(RigConfiguration rig) => rig.Devices
        .Where(device => device.WearLimit is not null || device.Link.Origin == Abstractions.Execution.Origin.Real)
        .ToDictionary(device => device.Id, device => device.WearLimit ?? DefaultLimit);

    /// <summary>The ledger of a rig; null when none of its devices is counted.</summary>
    /// <exception cref="TransportException">WEAR-001: it cannot be read.</exception>
    public static WearLedger? Of(RigConfiguration rig, string dataFolder)
    {
        IReadOnlyDictionary<DeviceId, int> limits = LimitsOf(rig);
        if (limits.Count == 0)
        {
            return null;
        }

        string folder = Path.Combine(dataFolder, "wear");
        DataFolder.Create(dataFolder);
        DataFolder.Create(folder);
        folder = Path.Combine(folder, rig.Name);
        DataFolder.Create(folder);
        return new WearLedger(new DiskJournalStorage(folder), limits);
    }

    /// <summary>How often a device was worn; 0 for one that is not counted.</summary>
    public int CountOf(DeviceId device)
    {
        lock (_gate)
        {
            return _counts.GetValueOrDefault(device);
        }
    }

    /// <summary>How often a device may still be worn; null for one that is not counted.</summary>
    public int? LeftOf(DeviceId device) => _limits.TryGetValue(device, out int limit) ? Math.Max(0, limit - CountOf(device)) : null;

    /// <summary>Counts a command that wears its device. When this returns the count survives a kill and a loss of power.</summary>
    /// <param name="device">The device.</param>
    /// <param name="body">The command; one that wears nothing is not counted.</param>
    /// <exception cref="TransportException">WEAR-001: the medium does not take it; nothing must be sent.</exception>
    public void Note(RigDevice device, SrvRequestBody body)
    {
        if (!_limits.ContainsKey(device.Id) || !SrvCatalogue.TryFind(body.ServiceReferenceVariant, out SrvEntry? entry)
            || StepChanges.Of(entry) != StepChange.Wearing)
        {
            return;
        }

        lock (_gate)
        {
            OnMedium(device.Id, () => Append(device.Id, entry.Srv));
            _counts[device.Id]++;
        }
    }

    private int Append(DeviceId device, string variant)
    {
        string name = NameOf(device);
        using IJournalFile file = _storage.List().Contains(name) ? _storage.Open(name) : _storage.Create(name);

        // An end before it too: a line that a loss of power tore does not swallow it.
        file.Append(Encoding.UTF8.GetBytes($"{End}{variant}{End}"));
        file.Flush();
        return 1;
    }

    private int Read(DeviceId device)
    {
        string name = NameOf(device);
        if (!_storage.List().Contains(name))
        {
            return 0;
        }

        using IJournalFile file = _storage.Open(name);
        byte[] octets = new byte[file.Length];
        string text = Encoding.UTF8.GetString(octets, 0, file.Read(0, octets));
        return text.Split(End, StringSplitOptions.RemoveEmptyEntries).Length;
    }

    private static string NameOf(DeviceId device) => $"{device}{Extension}";

    private static T OnMedium<T>(DeviceId device, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TransportException(
                "WEAR-001", $"what wears {device} out cannot be counted, so nothing was sent: {exception.Message}", device.Value,
                exception);
        }
    }
}
