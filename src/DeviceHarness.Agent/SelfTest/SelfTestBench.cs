using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Virtual;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Hub;
using DeviceHarness.Virtual.ZigBee;

namespace DeviceHarness.Agent.SelfTest;

/// <summary>A rig file with what its virtual devices and their drivers are: read once, never changed.</summary>
internal sealed class SelfTestBench
{
    private readonly Dictionary<RigDevice, DeviceProfile?> _profiles;
    private readonly Dictionary<RigDevice, VirtualDeviceModel> _models;
    private readonly Dictionary<RigAdapter, NcpModel> _adapters;

    /// <summary>Reads a rig file and the files that it names.</summary>
    /// <param name="file">The rig file.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">A file is missing or wrong.</exception>
    public SelfTestBench(string file)
        : this(RigConfigurationReader.Read(file))
    {
    }

    /// <summary>Reads the files that a rig names.</summary>
    /// <param name="rig">The rig.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">A file is missing or wrong.</exception>
    public SelfTestBench(RigConfiguration rig)
    {
        Rig = rig;
        _profiles = Rig.Devices.ToDictionary(device => device, device => DriverCatalog.FindProfile(device, Rig.ProfilesFolder));
        _models = Lines.ToDictionary(device => device, ReadModel);
        _adapters = Rig.Adapters.ToDictionary(
            adapter => adapter, adapter => NcpModelReader.ReadFile(Path.Combine(Rig.Folder, adapter.Model)));
    }

    /// <summary>The rig.</summary>
    public RigConfiguration Rig { get; }

    /// <summary>The devices that have a line of their own: those behind a hub are part of it, those behind an adapter are on its
    /// radio.</summary>
    public IEnumerable<RigDevice> Lines => Rig.Devices.Where(device => device.Link.Via is not (LinkVia.Hub or LinkVia.Han));

    /// <summary>Whether devices of it are on a radio.</summary>
    public bool HasRadio => Rig.Adapters.Count > 0;

    /// <summary>The profile of a device.</summary>
    public DeviceProfile? ProfileOf(RigDevice device) => _profiles[device];

    /// <summary>What a device is, with a defect where it is planted in this one.</summary>
    /// <param name="device">The device.</param>
    /// <param name="planted">The defect; null for a sound device.</param>
    public VirtualDeviceModel ModelOf(RigDevice device, DefectSwitch? planted)
    {
        VirtualDeviceModel model = _models[device];
        bool isFirst = Rig.Devices.First(candidate => candidate.DeviceType == device.DeviceType) == device;
        return isFirst && planted?.Place == (model is HubModel ? DefectPlace.Hub : DefectPlace.Meter)
            ? model with { Defects = model.Defects | EsmeDefectNames.All[planted.Name] }
            : model;
    }

    /// <summary>What an adapter and the devices on its radio are, with a defect where it is planted in one of these.</summary>
    /// <param name="adapter">The adapter.</param>
    /// <param name="planted">The defect; null for sound devices. It is planted on the first radio where a device can have it; one that none
    /// can have is nowhere.</param>
    public NcpModel ModelOf(RigAdapter adapter, DefectSwitch? planted) => planted is { Place: DefectPlace.Radio }
        && Rig.Adapters.FirstOrDefault(other => HanDefectNames.TryPlant(_adapters[other], planted.Name) is not null) == adapter
            ? HanDefectNames.Plant(_adapters[adapter], planted.Name)
            : _adapters[adapter];

    private VirtualDeviceModel ReadModel(RigDevice device)
    {
        string path = Path.Combine(Rig.Folder, device.Link.Model);
        return device.DeviceType == DeviceProfile.CommsHub
            ? HubModelReader.ReadFile(path, SteppedClock.Beginning)
            : EsmeModelReader.ReadFile(path);
    }
}
