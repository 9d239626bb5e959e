using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Gsme;

/// <summary>What a gas meter reports to its mirror: what changes at each wake, the rest once and when it is asked for.</summary>
internal sealed class GasReports(GasEndpoint endpoint)
{
    private const byte ReportAttributes = 0x0A;

    // So that a report fits one frame of a ciphered network.
    private const int MaximumOctets = 66;

    // Unit, multiplier, divisor, formats, device type, numbers.
    private const ushort FirstFixedMetering = 0x0300;
    private const ushort LastFixedMetering = 0x0311;
    private const ushort FirstFixedPrepayment = 0x0500;

    /// <summary>What changes.</summary>
    public IEnumerable<HanMessage> Changing(byte mirror) =>
    [
        .. Report(endpoint.Metering, attribute => !IsFixed(endpoint.Metering.Id, attribute), mirror),
        .. Report(endpoint.Prepayment, attribute => !IsFixed(endpoint.Prepayment.Id, attribute), mirror),
    ];

    /// <summary>What stays.</summary>
    public IEnumerable<HanMessage> Fixed(byte mirror) =>
        [.. FixedOf(endpoint.Basic.Id, mirror), .. FixedOf(endpoint.Metering.Id, mirror), .. FixedOf(endpoint.Prepayment.Id, mirror)];

    /// <summary>What stays of one cluster.</summary>
    public IEnumerable<HanMessage> FixedOf(ushort cluster, byte mirror)
    {
        HanCluster[] known = [endpoint.Basic, endpoint.Metering, endpoint.Prepayment];
        return Report(known.First(one => one.Id == cluster), attribute => IsFixed(cluster, attribute), mirror);
    }

    private bool IsFixed(ushort cluster, ushort attribute) =>
        cluster == endpoint.Metering.Id ? attribute is >= FirstFixedMetering and <= LastFixedMetering
        : cluster != endpoint.Prepayment.Id || attribute >= FirstFixedPrepayment;

    // What the meter does not know is not reported.
    private List<HanMessage> Report(HanCluster cluster, Predicate<ushort> isWanted, byte mirror)
    {
        List<HanMessage> sent = [];
        WireOctets report = new();
        foreach ((ushort attribute, Func<ZclData> read) in cluster.Attributes.Where(one => isWanted(one.Key)).OrderBy(one => one.Key))
        {
            ZclData value = read();
            if (value.IsInvalid)
            {
                continue;
            }

            byte[] octets = new WireOctets().Word(attribute).Octet((byte)value.Type).Run(value.ToWire()).ToArray();
            if (report.Count + octets.Length > MaximumOctets)
            {
                Send();
            }

            report.Run(octets);
        }

        Send();
        return sent;

        void Send()
        {
            if (report.Count > 0)
            {
                sent.Add(new HanMessage(
                    cluster.Id, mirror, endpoint.Own(isGlobal: true, isOfServer: true, ReportAttributes, report.ToArray())));
            }

            report = new WireOctets();
        }
    }
}
