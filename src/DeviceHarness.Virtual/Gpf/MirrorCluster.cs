using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.Gsme.Clusters;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Gpf;

/// <summary>A server cluster of a gas meter as its mirror holds it: what was reported, snapshots of that, and what was fetched.</summary>
/// <param name="id">The cluster: Metering or Prepayment.</param>
/// <param name="state">The proxy.</param>
internal sealed class MirrorCluster(ushort id, GpfState state) : HanCluster
{
    /// <summary>The Metering cluster.</summary>
    public const ushort Metering = 0x0702;

    /// <summary>The Prepayment cluster.</summary>
    public const ushort Prepayment = 0x0705;

    private const byte GetProfile = 0x00;
    private const byte GetSnapshot = 0x06;
    private const byte GetSampledData = 0x08;
    private const byte GetPrepaySnapshot = 0x07;

    private readonly Dictionary<ushort, ZclData> _values = [];

    /// <inheritdoc/>
    public override ushort Id => id;

    /// <summary>What was reported, by attribute.</summary>
    public IDictionary<ushort, ZclData> Values => _values;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<ushort, Func<ZclData>> Attributes =>
        _values.ToDictionary(value => value.Key, value => (Func<ZclData>)(() => _values[value.Key]));

    /// <summary>A reported number; 0 where the meter did not report it.</summary>
    /// <param name="attribute">The attribute.</param>
    public long NumberOf(ushort attribute) => _values.TryGetValue(attribute, out ZclData? value) && value.View.TryGetInt64(out long number)
        ? number
        : 0;

    /// <inheritdoc/>
    public override ClusterReply Serve(ClusterMessage message)
    {
        CommandReader reader = new(message.Payload);
        if (id == Metering && message.Command == GetProfile)
        {
            return GasUseServer.GetProfile(ref reader, state.Logs.Find(GasUseLogs.HalfHours)!);
        }

        if (id == Metering && message.Command == GetSampledData)
        {
            return GasUseServer.GetSampledData(ref reader, state.Logs.Find);
        }

        if (message.Command != (id == Metering ? GetSnapshot : GetPrepaySnapshot))
        {
            return ClusterReply.Unknown;
        }

        return SnapshotChoice.TryFind(ref reader, state.Snapshots) is { } found
            ? ClusterReply.With(id == Metering ? found.OfMetering() : found.OfPrepayment())
            : !reader.IsWhole ? ClusterReply.Malformed
            : ClusterReply.Of(state.Has(GpfDefects.AnswersDiffer) ? ZclStatus.Success : ZclStatus.NotFound);
    }
}
