using System.Diagnostics;
using System.Text;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Firmware;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Hub;

/// <summary>The image that a hub holds for one device of its home area network, and what that device runs.</summary>
/// <remarks>The network itself is not here: an activation hands the image over, and after the device's restart time the device runs it,
/// when it is sound and for this device. Not safe for use from several threads.</remarks>
internal sealed class HanImage : IImageHost
{
    private const string VersionName = "version";

    private readonly HubState _hub;
    private readonly IMeterFlash _flash;
    private TimeSpan? _runsAt;

    /// <summary>Finds in the hub's flash what was there when the power went.</summary>
    /// <exception cref="IOException">The flash cannot be read.</exception>
    public HanImage(HubState hub, HanFirmware device, IMeterFlash flash)
    {
        _hub = hub;
        Device = device;
        _flash = new ChannelFlash(flash, device.Channel);
        Version = _flash.Read(VersionName) is byte[] kept ? Encoding.ASCII.GetString(kept) : device.Version;
        Transfer = new ImageTransfer(device.Update, _flash, this);
    }

    /// <summary>The device.</summary>
    public HanFirmware Device { get; }

    /// <summary>The version that it runs.</summary>
    public string Version { get; private set; }

    /// <summary>The image that the hub holds for it.</summary>
    public ImageTransfer Transfer { get; }

    /// <inheritdoc/>
    string IImageHost.FirmwareVersion => Version;

    /// <inheritdoc/>
    public TimeSpan Elapsed => _hub.Clock.Elapsed;

    /// <summary>Does what has fallen due.</summary>
    public void Settle()
    {
        Transfer.RunDue();
        if (_runsAt is TimeSpan due && Elapsed >= due)
        {
            _runsAt = null;
            Transfer.OnPowerOn(wasOutage: false);
        }
    }

    /// <summary>The hub has its supply again: what it was doing for the device is taken up.</summary>
    public void OnPowerOn()
    {
        _runsAt = null;
        Transfer.OnPowerOn(wasOutage: true);
    }

    /// <inheritdoc/>
    public bool Has(EsmeDefects defect) => _hub.Has(defect);

    /// <inheritdoc/>
    public void Enter(EventCode code) => _hub.Enter(code);

    /// <inheritdoc/>
    public void CutPower() => throw new UnreachableException("a hub has no supply of its own, and its model states no cut of one");

    /// <inheritdoc/>
    public void Restart(TimeSpan silence) => _runsAt = Elapsed + silence;

    /// <inheritdoc/>
    public void RunFirmware(string version)
    {
        Version = version;
        _flash.Write(VersionName, Encoding.ASCII.GetBytes(version));
    }

    /// <summary>The part of the hub's flash that is one device's.</summary>
    private sealed class ChannelFlash(IMeterFlash flash, byte channel) : IMeterFlash
    {
        public byte[]? Read(string name) => flash.Read(Of(name));

        public void Write(string name, ReadOnlySpan<byte> octets) => flash.Write(Of(name), octets);

        public void WriteAt(string name, int offset, ReadOnlySpan<byte> octets) => flash.WriteAt(Of(name), offset, octets);

        public void Erase(string name) => flash.Erase(Of(name));

        private string Of(string name) => FormattableString.Invariant($"han-{channel}-{name}");
    }
}
