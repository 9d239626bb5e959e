using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Tariff;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Gsme.Clusters;

/// <summary>The Price cluster of a gas meter: as client it takes prices, tariffs, billing periods, conversion factor and calorific value;
/// as server it tells prices and billing periods.</summary>
/// <remarks>Source: ZigBee Smart Energy, Price cluster, as this harness's ZigBee guide 8.2 sums it up. A price is one of pounds a kWh with
/// its trailing digits; its tier is the rate. A tariff holds when its prices are all there; thresholds that came for it before them hold
/// with it. What is half there when the meter loses its power has to come again. That a meter is a server of this cluster is an
/// assumption.</remarks>
internal sealed class PriceCluster(GasMeterState state) : GasCluster(state)
{
    private const int MostThresholds = 3;
    private const int LongestDuration = 0xFF_FFFF;
    private const byte ByTier = 0x01;
    private const byte KilowattHours = 0x00;
    private const byte MegajoulesPerCubicMetre = 0x01;
    private const ushort Pounds = 826;
    private const byte AcknowledgementWanted = 0x01;
    private const int MillipencePerPound = 100_000;

    // What stands between the price and the price control.
    private const int OctetsBeforePriceControl = 13;

    /// <inheritdoc/>
    public override ushort Id => 0x0700;

    private readonly SortedDictionary<byte, IReadOnlyList<TariffPrice>> _prices = [];
    private GasTariffPlan? _announced;
    private byte _digits;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<ushort, Func<ZclData>> Attributes { get; } = PriceAttributes.Of(state);

    /// <inheritdoc/>
    public override ClusterReply Serve(ClusterMessage message)
    {
        const byte GetBillingPeriod = 0x0B;
        State.Settle();
        return message.Command != GetBillingPeriod ? ClusterReply.Unknown
            : State.Settings.Billing is not { } billing ? ClusterReply.Of(ZclStatus.NotFound)
            : ClusterReply.With(new ClusterMessage(0x09, new WireOctets().DoubleWord(State.Settings.ProviderId).DoubleWord(0)
                .DoubleWord(TimeOf(billing.Start, isKnown: true)).Word((ushort)billing.Duration).Octet((byte)(billing.Duration >> 16))
                .Octet((byte)billing.TimeBase).Octet(0).ToArray()));
    }

    /// <inheritdoc/>
    public override ClusterReply Hear(ClusterMessage message)
    {
        State.Settle();
        CommandReader reader = new(message.Payload);
        return message.Command switch
        {
            0x00 => TakePrice(ref reader),
            0x02 => TakeConversionFactor(ref reader),
            0x03 => TakeCalorificValue(ref reader),
            0x04 => TakeTariff(ref reader),
            0x05 => TakePrices(ref reader),
            0x06 => TakeThresholds(ref reader),
            0x09 => TakeBillingPeriod(ref reader),
            0x0E => CancelTariff(ref reader),
            _ => ClusterReply.Unknown,
        };
    }

    private ClusterReply TakePrice(ref CommandReader reader)
    {
        uint provider = reader.DoubleWord();
        _ = reader.Text();
        uint issuer = reader.DoubleWord();
        _ = reader.DoubleWord();
        byte unit = reader.Octet();
        ushort currency = reader.Word();
        byte digitAndTier = reader.Octet();
        _ = reader.Octet();
        uint start = reader.DoubleWord();
        _ = reader.Word();
        uint price = reader.DoubleWord();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        long millipence = Scaled(price, digitAndTier, MillipencePerPound);
        if (unit != KilowattHours || currency != Pounds || millipence > GasPrices.MaximumMillipence)
        {
            return ClusterReply.Of(ZclStatus.InvalidField);
        }

        int rate = Math.Max(1, digitAndTier & 0x0F);
        State.Settings.ProviderId = provider;
        State.Plan(new DatedGasChange(GasChange.Price, MomentOf(start), millipence, rate));
        byte control = PriceControl(ref reader);
        return (control & AcknowledgementWanted) == 0 ? ClusterReply.Done
            : ClusterReply.With(new ClusterMessage(
                0x02, new WireOctets().DoubleWord(provider).DoubleWord(issuer).DoubleWord(TimeNow()).Octet(control).ToArray()));
    }

    // An older message ends before it; then nothing is wanted.
    private static byte PriceControl(ref CommandReader reader)
    {
        if (reader.Left <= OctetsBeforePriceControl)
        {
            return 0;
        }

        for (int octet = 0; octet < OctetsBeforePriceControl; octet++)
        {
            _ = reader.Octet();
        }

        byte control = reader.Octet();
        return control == byte.MaxValue ? (byte)0 : control;
    }

    private ClusterReply TakeConversionFactor(ref CommandReader reader)
    {
        _ = reader.DoubleWord();
        uint start = reader.DoubleWord();
        uint factor = reader.DoubleWord();
        byte digit = reader.Octet();
        long scaled = Scaled(factor, digit, GasMetrology.ConversionUnit);
        return !reader.IsWhole ? ClusterReply.Malformed
            : Plan(GasChange.ConversionFactor, start, scaled, GasMetrology.ConversionUnit / 2, GasMetrology.ConversionUnit * 2);
    }

    private ClusterReply TakeCalorificValue(ref CommandReader reader)
    {
        _ = reader.DoubleWord();
        uint start = reader.DoubleWord();
        uint value = reader.DoubleWord();
        byte unit = reader.Octet();
        byte digit = reader.Octet();
        long scaled = Scaled(value, digit, GasMetrology.CalorificUnit);
        return !reader.IsWhole ? ClusterReply.Malformed
            : unit != MegajoulesPerCubicMetre ? ClusterReply.Of(ZclStatus.InvalidField)
            : Plan(GasChange.CalorificValue, start, scaled, GasMetrology.CalorificUnit * 10, GasMetrology.CalorificUnit * 60);
    }

    // A tariff without tiers is nothing but its standing charge.
    private ClusterReply TakeTariff(ref CommandReader reader)
    {
        uint provider = reader.DoubleWord();
        _ = reader.DoubleWord();
        uint id = reader.DoubleWord();
        uint start = reader.DoubleWord();
        _ = reader.Octet();
        _ = reader.Text();
        byte tiers = reader.Octet();
        byte thresholds = reader.Octet();
        byte unit = reader.Octet();
        ushort currency = reader.Word();
        byte digit = reader.Octet();
        long standing = Scaled(reader.DoubleWord(), digit, MillipencePerPound);
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        if (unit != KilowattHours || currency != Pounds || tiers > TariffEngine.BlockRates || thresholds > MostThresholds)
        {
            return ClusterReply.Of(ZclStatus.InvalidField);
        }

        if (standing > GasPrices.MaximumMillipence)
        {
            return ClusterReply.Of(ZclStatus.InvalidValue);
        }

        State.Settings.ProviderId = provider;
        _prices.Clear();
        _announced = new GasTariffPlan(id, MomentOf(start), standing, [], ThresholdsDm3: thresholds == 0 ? [] : null);
        _digits = digit;
        return tiers > 0 ? ClusterReply.Done : Plan(GasChange.StandingCharge, start, standing, 0, GasPrices.MaximumMillipence);
    }

    private ClusterReply TakePrices(ref CommandReader reader)
    {
        (uint id, byte index, byte total, byte control) = Part(ref reader);
        if (!reader.IsWhole || _announced?.Id != id)
        {
            return reader.IsWhole ? ClusterReply.Of(ZclStatus.NotFound) : ClusterReply.Malformed;
        }

        List<TariffPrice> prices = [];
        while (reader.IsWhole && reader.Left > 0)
        {
            (byte place, long price) = (reader.Octet(), Scaled(reader.DoubleWord(), _digits, MillipencePerPound));
            bool isByTier = (control & ByTier) != 0;
            (int tier, int block) = isByTier ? (place, 0) : (place >> 4, place & 0x0F);
            if (tier is 0 or > TariffEngine.BlockRates || (!isByTier && block is 0 or > TariffEngine.Blocks))
            {
                return ClusterReply.Of(ZclStatus.InvalidField);
            }

            if (price > GasPrices.MaximumMillipence)
            {
                return ClusterReply.Of(ZclStatus.InvalidValue);
            }

            prices.Add(new TariffPrice(tier, block, (int)price));
        }

        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        _prices[index] = prices;
        if (_prices.Count >= total)
        {
            State.Plan(_announced with { Prices = [.. _prices.Values.SelectMany(part => part)] });
            _announced = null;
        }

        return ClusterReply.Done;
    }

    private ClusterReply TakeThresholds(ref CommandReader reader)
    {
        (uint id, _, _, _) = Part(ref reader);
        byte tierAndCount = reader.Octet();
        long[] thresholds = new long[tierAndCount & 0x0F];
        for (int index = 0; index < thresholds.Length; index++)
        {
            thresholds[index] = reader.Long48();
        }

        if (!reader.IsWhole || _announced?.Id != id)
        {
            return reader.IsWhole ? ClusterReply.Of(ZclStatus.NotFound) : ClusterReply.Malformed;
        }

        if (thresholds.Length > MostThresholds || !thresholds.SequenceEqual(thresholds.Order()))
        {
            return ClusterReply.Of(ZclStatus.InvalidValue);
        }

        _announced = _announced with { ThresholdsDm3 = thresholds };
        return ClusterReply.Done;
    }

    private ClusterReply TakeBillingPeriod(ref CommandReader reader)
    {
        uint provider = reader.DoubleWord();
        _ = reader.DoubleWord();
        uint start = reader.DoubleWord();
        int duration = reader.Triple();
        int timeBase = reader.Octet() & 0x0F;
        _ = reader.Octet();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        if (duration is 0 or LongestDuration || timeBase > GasBilling.Months || MomentOf(start) == DateTimeOffset.MaxValue)
        {
            return ClusterReply.Of(ZclStatus.InvalidValue);
        }

        State.Settings.ProviderId = provider;
        State.Settings.Billing = new GasBilling(MomentOf(start), duration, timeBase);
        State.Save();
        return ClusterReply.Done;
    }

    private ClusterReply CancelTariff(ref CommandReader reader)
    {
        _ = reader.DoubleWord();
        uint id = reader.DoubleWord();
        if (!reader.IsWhole || State.Settings.PlannedTariff?.Id != id)
        {
            return reader.IsWhole ? ClusterReply.Of(ZclStatus.NotFound) : ClusterReply.Malformed;
        }

        State.Settings.PlannedTariff = null;
        State.Save();
        return ClusterReply.Done;
    }

    // What stands in front of the sub-payload: the tariff, which part this is and of how many, the control bits.
    private static (uint Id, byte Index, byte Total, byte Control) Part(ref CommandReader reader)
    {
        _ = reader.DoubleWord();
        _ = reader.DoubleWord();
        _ = reader.DoubleWord();
        return (reader.DoubleWord(), reader.Octet(), reader.Octet(), reader.Octet());
    }

    private ClusterReply Plan(GasChange kind, uint start, long value, long minimum, long maximum)
    {
        if (value < minimum || value > maximum)
        {
            return ClusterReply.Of(ZclStatus.InvalidValue);
        }

        State.Plan(new DatedGasChange(kind, MomentOf(start), value));
        return ClusterReply.Done;
    }

    // The high nibble says how many digits are right of the point.
    private static long Scaled(uint value, byte digits, int unit)
    {
        long scaled = (long)value * unit;
        for (int digit = digits >> 4; digit > 0; digit--)
        {
            scaled /= 10;
        }

        return scaled;
    }
}
