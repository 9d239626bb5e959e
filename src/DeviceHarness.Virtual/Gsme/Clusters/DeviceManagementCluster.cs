using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Gsme.Clusters;

/// <summary>The Device Management client of a gas meter: change of tenancy and supplier, site and customer numbers.</summary>
/// <remarks>Source: ZigBee Smart Energy, Device Management cluster, as this harness's ZigBee guide 8.8 sums it up.</remarks>
internal sealed class DeviceManagementCluster(GasMeterState state) : GasCluster(state)
{
    private const int LongestNumber = 32;

    /// <inheritdoc/>
    public override ushort Id => 0x0708;

    /// <inheritdoc/>
    public override ClusterReply Hear(ClusterMessage message)
    {
        State.Settle();
        CommandReader reader = new(message.Payload);
        return message.Command switch
        {
            0x00 => ChangeTenancy(ref reader),
            0x01 => ChangeSupplier(ref reader),
            0x03 => UpdateNumber(ref reader, (settings, number) => settings.SiteId = number),
            0x06 => UpdateNumber(ref reader, (settings, number) => settings.CustomerId = number),
            _ => ClusterReply.Unknown,
        };
    }

    private ClusterReply ChangeTenancy(ref CommandReader reader)
    {
        uint provider = reader.DoubleWord();
        _ = reader.DoubleWord();
        _ = reader.Octet();
        uint time = reader.DoubleWord();
        return Plan(ref reader, provider, time, reader.DoubleWord(), GasSnapshotCauses.Tenancy);
    }

    private ClusterReply ChangeSupplier(ref CommandReader reader)
    {
        _ = reader.DoubleWord();
        _ = reader.DoubleWord();
        _ = reader.Octet();
        uint proposed = reader.DoubleWord();
        uint time = reader.DoubleWord();
        return Plan(ref reader, proposed, time, reader.DoubleWord(), GasSnapshotCauses.Supplier);
    }

    private ClusterReply Plan(ref CommandReader reader, uint provider, uint time, uint control, uint cause)
    {
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        if (time == ZclTime.Invalid)
        {
            State.Settings.Planned.RemoveAll(change => change.Kind == GasChange.Tenancy && change.Detail == (int)cause);
            State.Save();
            return ClusterReply.Done;
        }

        State.Settings.ProviderId = provider;
        State.Plan(new DatedGasChange(GasChange.Tenancy, MomentOf(time), control, (int)cause));
        return ClusterReply.Done;
    }

    private ClusterReply UpdateNumber(ref CommandReader reader, Action<GasSettings, string> set)
    {
        _ = reader.DoubleWord();
        uint time = reader.DoubleWord();
        uint provider = reader.DoubleWord();
        string number = reader.Text();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        if (number.Length > LongestNumber || MomentOf(time) > State.Now)
        {
            return ClusterReply.Of(ZclStatus.InvalidValue);
        }

        State.Settings.ProviderId = provider;
        set(State.Settings, number);
        State.Save();
        return ClusterReply.Done;
    }
}
