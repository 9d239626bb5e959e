using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Tariff;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Gsme.Clusters;

/// <summary>The Price client of a gas meter: it takes prices, standing charge, conversion factor and calorific value.</summary>
/// <remarks>Source: ZigBee Smart Energy, Price cluster, as this harness's ZigBee guide 8.2 sums it up. A price is one of pounds a kWh with
/// its trailing digits; its tier is the rate.</remarks>
internal sealed class PriceCluster(GasMeterState state) : GasCluster(state)
{
    private const byte KilowattHours = 0x00;
    private const byte MegajoulesPerCubicMetre = 0x01;
    private const ushort Pounds = 826;
    private const byte AcknowledgementWanted = 0x01;
    private const int MillipencePerPound = 100_000;

    // What stands between the price and the price control.
    private const int OctetsBeforePriceControl = 13;

    /// <inheritdoc/>
    public override ushort Id => 0x0700;

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

    private ClusterReply TakeTariff(ref CommandReader reader)
    {
        State.Settings.ProviderId = reader.DoubleWord();
        _ = reader.DoubleWord();
        _ = reader.DoubleWord();
        uint start = reader.DoubleWord();
        _ = reader.Octet();
        _ = reader.Text();
        byte tiers = reader.Octet();
        _ = reader.Octet();
        byte unit = reader.Octet();
        ushort currency = reader.Word();
        byte digit = reader.Octet();
        uint standing = reader.DoubleWord();
        return !reader.IsWhole ? ClusterReply.Malformed
            : unit != KilowattHours || currency != Pounds || tiers > TariffEngine.Rates ? ClusterReply.Of(ZclStatus.InvalidField)
            : Plan(GasChange.StandingCharge, start, Scaled(standing, digit, MillipencePerPound), 0, GasPrices.MaximumMillipence);
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
