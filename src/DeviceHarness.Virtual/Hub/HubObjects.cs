using System.Buffers.Binary;
using System.Text;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Application;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Objects;

namespace DeviceHarness.Virtual.Hub;

/// <summary>The COSEM objects of a SMETS1-like comms hub's service port, in code.</summary>
/// <remarks>An ASSUMPTION: no public description of such a port was found. Standard codes are used where the standard has some, the GB
/// code of the device log (class 104) in a form of this harness's own, and codes of its own for the rest.</remarks>
internal sealed class HubObjects : IObjectList
{
    private const int LogicalDeviceSap = 1;
    private const int IdentifierOctets = 8;
    private const int MinimumInstallCodeOctets = 6;
    private const int MaximumInstallCodeOctets = 16;
    private const int MaximumJoinSeconds = 3600;

    private readonly CosemObject[] _all = [];
    private readonly Dictionary<ObisCode, CosemObject> _byName;

    /// <summary>Creates the objects of a hub.</summary>
    /// <param name="hub">The inside that they show.</param>
    /// <param name="current">The association of the moment.</param>
    public HubObjects(HubState hub, ApplicationAssociation current)
    {
        HubModel model = hub.Model;
        ObisCode eventCode = Name("0-0:96.11.0.255");
        _all =
        [
            new CosemData(Name("0-0:42.0.0.255"), () => Encoding.ASCII.GetBytes(model.LogicalDeviceName)),
            new SapAssignment(Name("0-0:41.0.0.255"), LogicalDeviceSap, model.LogicalDeviceName),
            new CosemAssociation(Name("0-0:40.0.0.255"), null, LogicalDeviceSap, current, () => _all),
            .. model.Clients.Select((client, index) => new CosemAssociation(
                new ObisCode(0, 0, 40, 0, (byte)(index + 1), 255), client, LogicalDeviceSap, current, () => _all)),
            new HdlcSetup(Name("0-0:22.0.0.255"), model.Link),
            new CosemData(Name("0-0:96.1.0.255"), () => Octets(model.Identifier)),
            new CosemData(Name("0-0:96.1.4.255"), () => Encoding.ASCII.GetBytes(model.ModelName)),
            new CosemData(Name("0-0:96.1.6.255"), () => Encoding.ASCII.GetBytes(model.Manufacturer)),
            new CosemData(Name("0-0:0.2.0.255"), () => Encoding.ASCII.GetBytes(hub.ReportedFirmwareVersion)),
            ClockOf(hub),
            new EventLogProfile<HubState>(Name("0-0:99.98.0.255"), hub, eventCode, () => hub.Logs.Events, hub.ClearEvents),
            new EventLogProfile<HubState>(Name("0-0:99.98.1.255"), hub, eventCode, () => hub.Logs.Security, clear: null),
            new EventLogProfile<HubState>(Name("0-0:99.98.4.255"), hub, eventCode, () => hub.Logs.Power, clear: null),
            new HubAlertQueue(Name("0-0:99.98.16.255"), hub, eventCode, Name("0-0:96.1.0.255")),
            DeviceLogOf(hub),
            WanStatusOf(hub),
            .. hub.Images.SelectMany(OfHanDevice),
        ];
        _byName = _all.ToDictionary(item => item.LogicalName);
    }

    /// <summary>All objects, in the order of the object list.</summary>
    public IReadOnlyList<CosemObject> All => _all;

    /// <inheritdoc/>
    public CosemObject? Find(ObisCode logicalName) => _byName.GetValueOrDefault(logicalName);

    /// <summary>The octets of an EUI-64, in the order in which it is written.</summary>
    internal static byte[] Octets(ulong identifier)
    {
        byte[] octets = new byte[IdentifierOctets];
        BinaryPrimitives.WriteUInt64BigEndian(octets, identifier);
        return octets;
    }

    private static ObisCode Name(string text) => ObisCode.Parse(text);

    // A device of the home area network under a channel of its own, as the standard names what is behind another device.
    private static CosemObject[] OfHanDevice(HanImage image)
    {
        byte channel = image.Device.Channel;
        return
        [
            new CosemData(new ObisCode(0, channel, 96, 1, 0, 255), () => Octets(image.Device.Identifier)),
            new CosemData(new ObisCode(0, channel, 0, 2, 0, 255), () => Encoding.ASCII.GetBytes(image.Version)),
            new CosemImageTransfer(new ObisCode(0, channel, 44, 0, 0, 255), image.Transfer),
        ];
    }

    // Class 8, read only: the wide area network sets a hub's clock.
    private static ComposedObject ClockOf(HubState hub) => new(
        hub, 8, 0, Name("0-0:1.0.0.255"),
        [
            new CosemAttribute(
                2, (ref AxdrWriter writer) => writer.WriteOctetString(ClockOctets.Write(hub.Clock.Now, 0)), Read: ClientAccess.Identity),
            new CosemAttribute(3, (ref AxdrWriter writer) => writer.WriteLong(0), Read: ClientAccess.Identity),
            new CosemAttribute(4, (ref AxdrWriter writer) => writer.WriteUnsigned(0), Read: ClientAccess.Identity),
        ]);

    // Class 104: 2 devices, 3 the most of them, 4 how many there are; methods 1 add, 2 remove.
    private static ComposedObject DeviceLogOf(HubState hub) => new(
        hub, 104, 0, Name("0-0:30.3.0.255"),
        [
            new CosemAttribute(2, (ref AxdrWriter writer) => WriteDevices(hub, ref writer)),
            new CosemAttribute(3, (ref AxdrWriter writer) => writer.WriteUnsigned(HubModel.MaximumDevices)),
            new CosemAttribute(4, (ref AxdrWriter writer) => writer.WriteUnsigned((byte)hub.Devices.Count)),
        ],
        [
            new CosemMethod(1, parameters => Register(hub, parameters)),
            new CosemMethod(2, parameters => Unregister(hub, parameters)),
            new CosemMethod(4, null),
            new CosemMethod(5, null),
        ]);

    private static void WriteDevices(HubState hub, ref AxdrWriter writer)
    {
        writer.WriteArray(hub.Devices.Count);
        foreach (HanDevice device in hub.Devices)
        {
            writer.WriteStructure(3);
            writer.WriteOctetString(Octets(device.Identifier));
            if (device.LastSeen is DateTimeOffset seen)
            {
                writer.WriteOctetString(ClockOctets.Write(seen, 0));
            }
            else
            {
                writer.WriteNull();
            }

            if (device.LinkQuality is sbyte quality)
            {
                writer.WriteInteger(quality);
            }
            else
            {
                writer.WriteNull();
            }
        }
    }

    private static ActionResult Register(HubState hub, ReadOnlySpan<byte> parameters)
    {
        ValueReader reader = new(parameters);
        reader.Structure(3);
        ReadOnlySpan<byte> identifier = reader.Octets(IdentifierOctets, IdentifierOctets);
        reader.Number(DlmsDataType.LongUnsigned, 1, MaximumJoinSeconds);
        reader.Octets(MinimumInstallCodeOctets, MaximumInstallCodeOctets);
        DataAccessResult result = reader.Complete();
        return result != DataAccessResult.Success ? (ActionResult)(byte)result
            : hub.TryRegister(BinaryPrimitives.ReadUInt64BigEndian(identifier)) ? ActionResult.Success
            : ActionResult.OtherReason;
    }

    private static ActionResult Unregister(HubState hub, ReadOnlySpan<byte> parameters)
    {
        ValueReader reader = new(parameters);
        ReadOnlySpan<byte> identifier = reader.Octets(IdentifierOctets, IdentifierOctets);
        DataAccessResult result = reader.Complete();
        return result != DataAccessResult.Success ? (ActionResult)(byte)result
            : hub.TryUnregister(BinaryPrimitives.ReadUInt64BigEndian(identifier)) ? ActionResult.Success
            : ActionResult.OtherReason;
    }

    // State (0 not registered, 1 registered), operator, signal in dBm, since when.
    private static ComposedObject WanStatusOf(HubState hub) => new(
        hub, 1, 0, Name("0-0:94.44.120.1"),
        [
            new CosemAttribute(2, (ref AxdrWriter writer) =>
            {
                (bool isRegistered, DateTimeOffset since) = hub.Wan;
                writer.WriteStructure(4);
                writer.WriteEnum(isRegistered ? (byte)1 : (byte)0);
                writer.WriteOctetString(Encoding.ASCII.GetBytes(isRegistered ? hub.Model.WanOperator : string.Empty));
                writer.WriteInteger((sbyte)hub.Model.WanSignalDecibelMilliwatts);
                writer.WriteOctetString(ClockOctets.Write(hub.Clock.TimeAt(since), 0));
            }),
        ]);
}
