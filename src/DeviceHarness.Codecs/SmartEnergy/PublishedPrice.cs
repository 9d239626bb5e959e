using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Codecs.SmartEnergy;

/// <summary>A price as PublishPrice tells it.</summary>
/// <remarks>Spec: ZigBee Smart Energy profile, PublishPrice, as this harness's ZigBee guide sums it up.</remarks>
/// <param name="ProviderId">The energy supplier.</param>
/// <param name="EventId">The event; a later one for the same time replaces it.</param>
/// <param name="RateLabel">The name of the rate; at most 12 octets of text.</param>
/// <param name="Price">The price for one unit, in the currency's main unit.</param>
public sealed record PublishedPrice(uint ProviderId, uint EventId, string RateLabel, decimal Price)
{
    /// <summary>The number of pounds sterling in ISO 4217.</summary>
    public const ushort PoundSterling = 826;

    /// <summary>The most digits right of the point.</summary>
    public const int MaximumDigits = 15;

    private const ushort UntilChanged = 0xFFFF;
    private const ulong LargestPrice = 0xFFFF_FFFE;

    /// <summary>When the command was sent.</summary>
    public DateTimeOffset CurrentTime { get; init; }

    /// <summary>When the price begins; null for now.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>How long it holds; null until it is changed.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The unit: 00 kWh, 01 m3.</summary>
    public byte Unit { get; init; }

    /// <summary>The currency's number in ISO 4217.</summary>
    public ushort Currency { get; init; } = PoundSterling;

    /// <summary>How many digits of the number on the wire are right of the point, 0 to 15.</summary>
    public int Digits { get; init; }

    /// <summary>The tier that the price is of, 0 to 15.</summary>
    public int Tier { get; init; }

    /// <summary>How many tiers there are, 0 to 15.</summary>
    public int Tiers { get; init; }

    /// <summary>The register that counts at this price, 0 to 15.</summary>
    public int RegisterTier { get; init; }

    /// <summary>Takes a price from the command.</summary>
    /// <param name="content">The fields of PublishPrice.</param>
    public static PublishedPrice From(MessageContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        ulong digitAndTier = content.Number("price_trailing_digit_and_tier");
        ulong tiers = content.Number("number_of_tiers_and_register_tier");
        int digits = (int)(digitAndTier >> 4);
        uint start = (uint)content.Number("start_time");
        ulong minutes = content.Number("duration_minutes");
        return new(
            (uint)content.Number("provider_id"), (uint)content.Number("issuer_event_id"), content.Text("rate_label"),
            content.Number("price") / PowerOfTen(digits))
        {
            CurrentTime = ZclTime.ToMoment((uint)content.Number("current_time")) ?? ZclTime.Epoch,
            Start = start == ZclTime.Now ? null : ZclTime.ToMoment(start),
            Duration = minutes == UntilChanged ? null : TimeSpan.FromMinutes(minutes),
            Unit = (byte)content.Number("unit_of_measure"),
            Currency = (ushort)content.Number("currency"),
            Digits = digits,
            Tier = (int)(digitAndTier & 0x0F),
            Tiers = (int)(tiers >> 4),
            RegisterTier = (int)(tiers & 0x0F),
        };
    }

    /// <summary>The command's fields; those that editions after 1.0 added may be set on it.</summary>
    /// <exception cref="InvalidOperationException">The price does not fit its digits, or a tier is beyond 15.</exception>
    public MessageContent ToContent()
    {
        decimal scaled = Digits is >= 0 and <= MaximumDigits && Price >= 0 && Price <= LargestPrice ? Price * PowerOfTen(Digits) : -1;
        if (scaled < 0 || scaled > LargestPrice || decimal.Truncate(scaled) != scaled || (Tier | Tiers | RegisterTier) is < 0 or > 0x0F)
        {
            throw new InvalidOperationException($"{Price} with {Digits} digits, tier {Tier} of {Tiers}, is no price that can be sent");
        }

        return ClusterCatalogue.Price.Command("PublishPrice", ZclSide.Server).Create()
            .Set("provider_id", ProviderId)
            .Set("rate_label", RateLabel)
            .Set("issuer_event_id", EventId)
            .Set("current_time", ZclTime.FromMoment(CurrentTime))
            .Set("unit_of_measure", Unit)
            .Set("currency", Currency)
            .Set("price_trailing_digit_and_tier", (Digits << 4) | Tier)
            .Set("number_of_tiers_and_register_tier", (Tiers << 4) | RegisterTier)
            .Set("start_time", Start is { } start ? ZclTime.FromMoment(start) : ZclTime.Now)
            .Set("duration_minutes", Duration is { } duration ? (long)duration.TotalMinutes : UntilChanged)
            .Set("price", (ulong)scaled);
    }

    private static decimal PowerOfTen(int digits)
    {
        decimal power = 1;
        for (int digit = 0; digit < digits; digit++)
        {
            power *= 10;
        }

        return power;
    }
}
