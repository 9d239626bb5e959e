using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Codecs.SmartEnergy;

/// <summary>One interval of a load profile.</summary>
/// <param name="End">When it ended.</param>
/// <param name="Value">The raw number, to be scaled by <see cref="MeterScale"/>; null when the meter has none for it.</param>
public readonly record struct ProfileInterval(DateTimeOffset End, uint? Value)
{
    /// <summary>The status of a response that is whole.</summary>
    public const byte Success = 0;

    /// <summary>The status of a response with fewer intervals than were asked for, since no more fit.</summary>
    public const byte TooMany = 4;

    /// <summary>The status of a response for a time of which the meter has no interval.</summary>
    public const byte NoneAvailable = 5;

    private const uint NoValue = 0xFF_FFFF;

    /// <summary>The value of an interval or a sample of three octets; null when it says that there is none.</summary>
    /// <param name="number">The number on the wire.</param>
    public static uint? ValueOf(ulong number) => number == NoValue ? null : (uint)number;

    /// <summary>The length of the intervals of a period number; null for one that is none.</summary>
    /// <remarks>Spec: ZigBee Smart Energy profile, GetProfileResponse, profile interval period.</remarks>
    /// <param name="period">0 a day, then 60, 30, 15, 10, 7.5, 5 and 2.5 minutes.</param>
    public static TimeSpan? LengthOf(byte period) => period switch
    {
        0 => TimeSpan.FromDays(1),
        1 => TimeSpan.FromMinutes(60),
        2 => TimeSpan.FromMinutes(30),
        3 => TimeSpan.FromMinutes(15),
        4 => TimeSpan.FromMinutes(10),
        5 => TimeSpan.FromMinutes(7.5),
        6 => TimeSpan.FromMinutes(5),
        7 => TimeSpan.FromMinutes(2.5),
        _ => null,
    };

    /// <summary>The intervals of a GetProfileResponse, the oldest first; on the wire the newest is first.</summary>
    /// <param name="response">The response.</param>
    /// <returns>None when its status is neither <see cref="Success"/> nor <see cref="TooMany"/>, or its end time or period is
    /// none.</returns>
    public static IReadOnlyList<ProfileInterval> From(MessageContent response)
    {
        ArgumentNullException.ThrowIfNull(response);
        DateTimeOffset? newest = ZclTime.ToMoment((uint)response.Number("end_time"));
        TimeSpan? length = LengthOf((byte)response.Number("profile_interval_period"));
        if (response.Number("status") is not (Success or TooMany) || newest is null || length is null)
        {
            return [];
        }

        IReadOnlyList<MessageContent> items = response.Items("intervals");
        ProfileInterval[] intervals = new ProfileInterval[items.Count];
        for (int age = 0; age < items.Count; age++)
        {
            intervals[^(age + 1)] = new(newest.Value - (age * length.Value), ValueOf(items[age].Number("value")));
        }

        return intervals;
    }
}
