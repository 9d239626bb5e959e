using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Codecs.Explain;

/// <summary>What earlier messages of one capture say about later ones: what was asked, scalers, and long values so far.</summary>
/// <remarks>Bounded whatever the octets: by the numbers below, and by the capture itself.</remarks>
internal sealed class CaptureMemory
{
    /// <summary>The most attributes or methods of one request that are remembered.</summary>
    public const int MaximumItems = 256;

    /// <summary>The most scalers, and the most values without one, that are remembered.</summary>
    public const int MaximumScalers = 512;

    /// <summary>The longest value or APDU that is put together, in octets.</summary>
    public const int MaximumAssembledOctets = 1_048_576;

    private readonly AskedList?[] _asked = new AskedList?[InvokeIdAndPriority.MaximumInvokeId + 1];
    private readonly Dictionary<ApduTag, (BlockAssembler Blocks, AskedList Items)> _long = [];
    private readonly Dictionary<(ushort ClassId, ObisCode Name), ScalerUnit> _scalers = [];
    private readonly Dictionary<(ushort ClassId, ObisCode Name), long> _unscaled = [];

    /// <summary>The blocks of general block transfer.</summary>
    public GeneralBlockCollector GeneralBlocks { get; } = new();

    /// <summary>Remembers what a request named.</summary>
    public void Ask(InvokeIdAndPriority invokeId, AskedList items) => _asked[invokeId.InvokeId] = items;

    /// <summary>What the request of that invoke id named; empty when it was not in the capture.</summary>
    public AskedList Asked(InvokeIdAndPriority invokeId) => _asked[invokeId.InvokeId] ?? AskedList.None;

    /// <summary>Begins a long value.</summary>
    /// <param name="service">The service whose blocks carry it.</param>
    /// <param name="items">What it is the value of.</param>
    public void BeginLong(ApduTag service, AskedList items) =>
        _long[service] = (new BlockAssembler(MaximumAssembledOctets), items);

    /// <summary>What the long value of a service is the value of; empty when its beginning was not in the capture.</summary>
    public AskedList LongItems(ApduTag service) =>
        _long.TryGetValue(service, out (BlockAssembler Blocks, AskedList Items) value) ? value.Items : AskedList.None;

    /// <summary>Adds a block to the long value of a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="number">The block's number, from 1.</param>
    /// <param name="isLast">Whether it is the last.</param>
    /// <param name="raw">Its octets.</param>
    /// <returns>The whole value when this was its last block; otherwise empty.</returns>
    public byte[] AddLong(ApduTag service, uint number, bool isLast, ReadOnlySpan<byte> raw)
    {
        if (!_long.TryGetValue(service, out (BlockAssembler Blocks, AskedList Items) value))
        {
            return [];
        }

        switch (value.Blocks.Add(number, isLast, raw))
        {
            case BlockOutcome.Complete:
                _long.Remove(service);
                return value.Blocks.Octets.ToArray();
            case BlockOutcome.TooLong:
                _long.Remove(service);
                return [];
            default:
                return [];
        }
    }

    /// <summary>What a value means with the scaler that the capture holds, in whichever order the two came.</summary>
    /// <param name="attribute">What it is the value of.</param>
    /// <param name="encoded">The value.</param>
    /// <returns>The quantity with its unit; empty when it is none, or its scaler is not known.</returns>
    public string Quantity(CosemAttributeDescriptor attribute, ReadOnlySpan<byte> encoded)
    {
        (ushort ClassId, ObisCode Name) key = (attribute.ClassId, attribute.LogicalName);
        if (attribute.AttributeId == ScalerAttribute(attribute.ClassId))
        {
            bool isScaler = ScalerUnit.Decode(encoded, out ScalerUnit scaler, out _, out _) == System.Buffers.OperationStatus.Done;
            if (isScaler && (_scalers.Count < MaximumScalers || _scalers.ContainsKey(key)))
            {
                _scalers[key] = scaler;
                return _unscaled.Remove(key, out long earlier) ? $"the value before is {Text(earlier, scaler)}" : "";
            }

            return "";
        }

        if (!IsQuantity(attribute) || !TryRead(encoded, out long raw))
        {
            return "";
        }

        if (_scalers.TryGetValue(key, out ScalerUnit known))
        {
            return $"= {Text(raw, known)}";
        }

        if (_unscaled.Count < MaximumScalers || _unscaled.ContainsKey(key))
        {
            _unscaled[key] = raw;
        }

        return "";
    }

    private static bool TryRead(ReadOnlySpan<byte> encoded, out long raw)
    {
        AxdrReader reader = new(encoded);
        raw = 0;
        return reader.TryReadValue(out AxdrValue value) && value.TryGetInt64(out raw);
    }

    private static string Text(long raw, ScalerUnit scaler) => scaler.TryScale(raw, out decimal value)
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value} {CosemUnit.Symbol(scaler.Unit)}").TrimEnd()
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{raw} {scaler}");

    private static bool IsQuantity(CosemAttributeDescriptor attribute) => (attribute.ClassId, (int)attribute.AttributeId) switch
    {
        (3 or 4 or 5, 2) => true,
        (5, 3) => true,
        _ => false,
    };

    private static int ScalerAttribute(ushort classId) => classId switch
    {
        3 or 4 => 3,
        5 => 4,
        _ => -1,
    };
}
