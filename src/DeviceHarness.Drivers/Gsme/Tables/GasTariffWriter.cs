using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Drivers.Gsme.Tables;

/// <summary>Tells a gas meter prices: the tariff's terms, its thresholds, and its prices last, since a meter has a tariff in force when its
/// prices are there.</summary>
/// <remarks>Spec: ZigBee Smart Energy, Price cluster, as this harness's ZigBee guide 8.2 sums it up. Assumptions: the prices of DUIS are
/// hundred-thousandths of the currency's unit, the place of a block's price is its tier in the high and its block in the low half of an
/// octet, each from 1, and thresholds are thousandths of a cubic metre.</remarks>
internal sealed class GasTariffWriter(GasMeter meter)
{
    /// <summary>The number that the harness gives to its tariff and to its calendar: withdrawing names it.</summary>
    internal const uint TariffId = 1;

    private const int FiveDigits = 0x50;
    private const int ByTier = 0x01;
    private const int ActiveBlock = 0x00;
    private const int NoBlocks = 0xFF;
    private const int LitresPerCubicMetre = 1000;
    private const int Pound = PublishedPrice.PoundSterling;
    private const int Euro = 978;

    private readonly uint _event = ZclTime.FromMoment(meter.Now);

    /// <summary>Tells prices.</summary>
    /// <param name="prices">The prices.</param>
    /// <param name="thresholds">The block thresholds; null to leave them as they are.</param>
    /// <param name="start">From when on they hold, as the profile writes times.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task WriteAsync(GasPrices prices, ValueList<long>? thresholds, uint start, CancellationToken cancellationToken)
    {
        int inUse = prices.NumberOfThresholds ?? 0;
        await SendAsync("PublishTariffInformation", start, content => content.Set("tariff_type_charging_scheme", 0)
            .Set("tariff_label", "DH")
            .Set("number_of_price_tiers", prices.AreOfBlocks ? 1 : prices.Prices.Max(price => price.Index))
            .Set("number_of_block_thresholds", inUse).Set("unit_of_measure", 0)
            .Set("currency", prices.CurrencyUnits == "GBP" ? Pound : Euro).Set("price_trailing_digit", FiveDigits)
            .Set("standing_charge", prices.StandingCharge).Set("tier_block_mode", prices.AreOfBlocks ? ActiveBlock : NoBlocks)
            .Set("block_threshold_multiplier", 1).Set("block_threshold_divisor", LitresPerCubicMetre), cancellationToken)
            .ConfigureAwait(false);
        if (prices.AreOfBlocks && thresholds is not null)
        {
            await SendAsync("PublishBlockThresholds", start, content => Fill(Whole(content, 0), thresholds, inUse), cancellationToken)
                .ConfigureAwait(false);
        }

        await SendAsync("PublishPriceMatrix", start, content => Fill(Whole(content, prices.AreOfBlocks ? 0 : ByTier), prices),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Withdraws a tariff and, where it was one with tables, its calendar, that the meter holds for later.</summary>
    internal async Task WithdrawAsync(bool withCalendar, CancellationToken cancellationToken)
    {
        ClusterCommand tariff = ClusterCatalogue.Price.Command("CancelTariff", ZclSide.Server);
        await CancelAsync(tariff, tariff.Create().Set("provider_id", meter.Profile.ProviderId).Set("issuer_tariff_id", TariffId)
            .Set("tariff_type", 0), cancellationToken).ConfigureAwait(false);
        if (withCalendar)
        {
            ClusterCommand calendar = ClusterCatalogue.Calendar.Command("CancelCalendar", ZclSide.Server);
            await CancelAsync(calendar, calendar.Create().Set("provider_id", meter.Profile.ProviderId)
                .Set("issuer_calendar_id", TariffId).Set("calendar_type", GasCalendar.OfTariff), cancellationToken).ConfigureAwait(false);
        }
    }

    private static MessageContent Whole(MessageContent content, int control) =>
        content.Set("command_index", 0).Set("total_commands", 1).Set("sub_payload_control", control);

    private static void Fill(MessageContent content, ValueList<long> thresholds, int inUse)
    {
        long[] used = [.. thresholds.Take(inUse)];
        MessageContent tier = content.Add("tiers").Set("tier_and_count", (1 << 4) | used.Length);
        foreach (long threshold in used)
        {
            tier.Add("thresholds").Set("threshold", threshold);
        }
    }

    private static void Fill(MessageContent content, GasPrices prices)
    {
        foreach (GasPrice price in prices.Prices)
        {
            content.Add("prices").Set("tier_block_id", prices.AreOfBlocks ? (1 << 4) | price.Index : price.Index).Set("price", price.Price);
        }
    }

    private async Task CancelAsync(ClusterCommand command, MessageContent content, CancellationToken cancellationToken)
    {
        try
        {
            await meter.CommandAsync(command, content, null, cancellationToken).ConfigureAwait(false);
        }
        catch (DeviceRefusedException none) when (none.DeviceCode == (int)ZclStatus.NotFound)
        {
            // A meter that holds nothing for later has nothing to withdraw.
        }
    }

    private async Task SendAsync(string name, uint start, Action<MessageContent> fill, CancellationToken cancellationToken)
    {
        ClusterCommand command = ClusterCatalogue.Price.Command(name, ZclSide.Server);
        MessageContent content = command.Create().Set("provider_id", meter.Profile.ProviderId).Set("issuer_event_id", _event)
            .Set("issuer_tariff_id", TariffId).Set("start_time", start);
        fill(content);
        await meter.CommandAsync(command, content, null, cancellationToken).ConfigureAwait(false);
    }
}
