using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Gpf;

/// <summary>The Price cluster of a proxy: it hears what is published for the gas meter, and publishes it to who asks.</summary>
/// <remarks>Source: ZigBee Smart Energy, Price cluster, as this harness's ZigBee guide 8.2 lists commands. The last publication of each
/// kind is kept as it came.</remarks>
internal sealed class TariffCluster : HanCluster
{
    private readonly Dictionary<byte, byte[]> _published = [];

    /// <inheritdoc/>
    public override ushort Id => 0x0700;

    /// <inheritdoc/>
    public override ClusterReply Hear(ClusterMessage message)
    {
        if (message.Command > 0x08)
        {
            return ClusterReply.Unknown;
        }

        _published[message.Command] = message.Payload;
        return ClusterReply.Done;
    }

    /// <inheritdoc/>
    public override ClusterReply Serve(ClusterMessage message)
    {
        byte? kind = message.Command switch
        {
            0x00 or 0x01 => 0x00,
            0x03 => 0x01,
            0x04 => 0x02,
            0x05 => 0x03,
            0x06 => 0x04,
            0x07 => 0x05,
            0x08 => 0x06,
            0x0A => 0x08,
            _ => null,
        };
        return kind is not byte asked ? ClusterReply.Unknown
            : _published.TryGetValue(asked, out byte[]? payload) ? ClusterReply.With(new ClusterMessage(asked, payload))
            : ClusterReply.Of(ZclStatus.NotFound);
    }
}
