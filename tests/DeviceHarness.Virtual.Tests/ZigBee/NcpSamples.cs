using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.Ncp;
using DeviceHarness.Virtual.ZigBee.Radio;

namespace DeviceHarness.Virtual.Tests.ZigBee;

/// <summary>Adapters, devices and messages of the tests.</summary>
internal static class NcpSamples
{
    public const ulong Display = 0x70B3D52B60112233;
    public const ulong AnyDevice = ulong.MaxValue;

    public static NcpModel Model(byte version = 13, params HanDeviceModel[] devices) =>
        new() { Adapter = new NcpOptions { ProtocolVersion = version }, Devices = devices };

    public static HanDeviceModel Device(ulong eui64 = Display, RadioPlace? place = null, EmberNodeType type = EmberNodeType.Router) =>
        new() { Name = $"device-{eui64:x}", Eui64 = eui64, NodeType = type, Place = place ?? new RadioPlace() };

    /// <summary>A host with a formed, open network that the devices have joined.</summary>
    public static NcpClient Joined(NcpModel model)
    {
        NcpClient host = new(model);
        host.Negotiate();
        AllowWellKnownKey(host);
        host.Form();
        foreach (HanDeviceModel device in model.Devices)
        {
            host.WaitFor(EzspCallbacks.TrustCenterJoinHandler, join => join.Eui64 == device.Eui64);
        }

        // So that the last announcement is over.
        host.Pass(TimeSpan.FromSeconds(1));
        host.Callbacks.Clear();
        return host;
    }

    public static void AllowWellKnownKey(NcpClient host)
    {
        if (host.Version.HasSecurityManager)
        {
            host.Send(EzspCommands.ImportTransientKey, new(AnyDevice, HanDeviceModel.WellKnownLinkKey, 0));
        }
        else
        {
            host.Send(EzspCommands.AddTransientLinkKey, new(AnyDevice, HanDeviceModel.WellKnownLinkKey));
        }
    }

    /// <summary>A message that reads the model identifier of the Basic cluster.</summary>
    public static SendUnicastRequest ReadModel(ushort destination, byte tag = 1, EmberApsOptions options = EmberApsOptions.Retry) =>
        new(EmberOutgoingMessageType.Direct, destination, new(0x0109, 0, 1, 1, options, 0, 0), tag, new byte[] { 0, tag, 0, 5, 0 });

    public static ushort AddressOf(NcpClient host, ulong eui64) =>
        host.Send(EzspCommands.LookupNodeIdByEui64, new(eui64)).Value;

    public static void AddEndpoint(NcpClient host) =>
        host.Send(EzspCommands.AddEndpoint, new(1, 0x0109, 0x0500, 0, new ushort[] { 0x0000, 0x000A }, new ushort[] { 0x0702 }));
}
