using System.Text;
using DeviceHarness.Codecs.Cosem;

namespace DeviceHarness.Virtual.Esme;

/// <summary>What clients wrote into plain data objects, encoded, by logical name.</summary>
internal sealed class MeterSettings
{
    /// <summary>The object that says whether a tamper costs the supply.</summary>
    public static readonly ObisCode SupplyTamperState = ObisCode.Parse("0-0:94.44.0.4");

    /// <summary>The object that holds the message to the consumer.</summary>
    public static readonly ObisCode ConsumerMessage = ObisCode.Parse("0-2:96.13.1.255");

    private const int EncodedHeadOctets = 2;
    private static readonly byte[] EncodedTrue = [0x03, 0x01];

    private readonly Dictionary<string, byte[]> _values = [];

    /// <summary>All that was written.</summary>
    public IReadOnlyDictionary<string, byte[]> Values => _values;

    /// <summary>Whether a tamper costs the supply.</summary>
    public bool IsSupplyLockedByTamper => Find(SupplyTamperState) is byte[] value && value.AsSpan().SequenceEqual(EncodedTrue);

    /// <summary>The message that the consumer is shown; empty when there is none.</summary>
    public string Message => Find(ConsumerMessage) is byte[] text ? Encoding.ASCII.GetString(text.AsSpan(EncodedHeadOctets)) : string.Empty;

    /// <summary>What was written into an object; null when nothing was.</summary>
    public byte[]? Find(ObisCode name) => _values.GetValueOrDefault(name.ToString());

    /// <summary>Keeps what was written.</summary>
    public void Set(ObisCode name, ReadOnlySpan<byte> encoded) => _values[name.ToString()] = encoded.ToArray();

    /// <summary>Goes on from what was kept without power.</summary>
    public void Restore(IReadOnlyDictionary<string, byte[]> kept)
    {
        foreach ((string name, byte[] value) in kept)
        {
            _values[name] = value;
        }
    }
}
