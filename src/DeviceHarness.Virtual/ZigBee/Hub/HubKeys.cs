using DeviceHarness.Codecs.Security;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using DeviceHarness.Virtual.ZigBee.Radio;

namespace DeviceHarness.Virtual.ZigBee.Hub;

/// <summary>The key establishment of a hub: an exchange with each partner, whichever side begins.</summary>
/// <param name="model">What the hub is.</param>
/// <param name="radio">The radio, whose time it lives by.</param>
/// <param name="send">Sends a frame of the cluster to a partner.</param>
/// <param name="agreed">Told when a link key was agreed on.</param>
internal sealed class HubKeys(
    HanHubModel model, SimulatedRadio radio, Action<ulong, byte[], TimeSpan> send, Action agreed) : IDisposable
{
    /// <summary>The cluster.</summary>
    public const ushort Cluster = 0x0800;

    private const byte OfClient = 0x11;
    private const byte OfServer = 0x19;
    private const byte ServerToClient = 0x08;
    private const int HeaderOctets = 3;

    private readonly Dictionary<ulong, KeyExchange> _exchanges = [];
    private byte _sequence;

    /// <summary>Whether the hub shares a link key with a partner.</summary>
    /// <param name="partner">Its EUI-64.</param>
    public bool IsEstablished(ulong partner) => _exchanges.GetValueOrDefault(partner)?.LinkKey is not null;

    /// <summary>The exchange with a partner; null before one.</summary>
    /// <param name="partner">Its EUI-64.</param>
    public KeyExchange? Of(ulong partner) => _exchanges.GetValueOrDefault(partner);

    /// <summary>A partner left: its link key is over.</summary>
    /// <param name="partner">Its EUI-64.</param>
    public void Forget(ulong partner) => _exchanges.GetValueOrDefault(partner)?.Forget();

    /// <summary>Takes a command of a partner.</summary>
    /// <param name="partner">Its EUI-64.</param>
    /// <param name="frame">The frame, a command of the cluster.</param>
    /// <param name="now">The time.</param>
    public void Take(ulong partner, byte[] frame, TimeSpan now)
    {
        KeyExchange exchange = With(partner);
        CipherKey? before = exchange.LinkKey;
        ClusterArrival arrival = new(partner, frame[2], frame[HeaderOctets..]) { IsFromServer = (frame[0] & ServerToClient) != 0 };
        Send(partner, exchange.Take(arrival, now), frame[1], now);
        Watch(partner, exchange, now);
        if (exchange.LinkKey != before)
        {
            agreed();
        }
    }

    /// <summary>The link key of a partner was kept over a loss of power.</summary>
    /// <param name="partner">Its EUI-64.</param>
    /// <param name="key">The key.</param>
    public void Restore(ulong partner, CipherKey key) => With(partner).Restore(key);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (KeyExchange exchange in _exchanges.Values)
        {
            exchange.Dispose();
        }
    }

    private KeyExchange With(ulong partner)
    {
        if (!_exchanges.TryGetValue(partner, out KeyExchange? exchange))
        {
            KeyExchangeOptions options = new()
            {
                Eui64 = model.Eui64,
                Identity = model.Authority.Issue(model.Eui64),
                Authority = model.Authority.Trust,
            };
            exchange = new KeyExchange(options, new Random(unchecked((int)partner ^ model.Authority.Seed)).NextBytes);
            _exchanges.Add(partner, exchange);
        }

        return exchange;
    }

    private void Watch(ulong partner, KeyExchange exchange, TimeSpan now)
    {
        if (exchange.NextTick is not { } at)
        {
            return;
        }

        radio.Schedule(at > now ? at : now, time =>
        {
            IReadOnlyList<ClusterMessage> due = exchange.Tick(time);
            Send(partner, due, _sequence, time);
            if (due.Count > 0)
            {
                Watch(partner, exchange, time);
            }
        });
    }

    private void Send(ulong partner, IReadOnlyList<ClusterMessage> messages, byte sequence, TimeSpan now)
    {
        foreach (ClusterMessage message in messages)
        {
            byte own = message.IsFromServer ? sequence : _sequence++;
            send(partner, [message.IsFromServer ? OfServer : OfClient, own, message.Command, .. message.Payload], now);
        }
    }
}
