using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Virtual.ZigBee.Clusters;

/// <summary>The Time cluster of a device: its own clock as server, the hub's as client.</summary>
internal sealed class TimeCluster(IHanClock clock) : HanCluster
{
    /// <summary>The attribute of the time.</summary>
    public const ushort TimeAttribute = 0x0000;

    /// <summary>The attribute of what the time is worth.</summary>
    public const ushort StatusAttribute = 0x0001;

    private const byte Synchronised = 0x02;
    private const ulong Trusted = 0x03;

    /// <inheritdoc/>
    public override ushort Id => 0x000A;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<ushort, Func<ZclData>> Attributes { get; } = new Dictionary<ushort, Func<ZclData>>
    {
        [TimeAttribute] = () => AttributeData.Time(TimeOf(clock.Now, clock.IsClockValid)),
        [StatusAttribute] = () => AttributeData.Bitmap8(clock.IsClockValid ? Synchronised : 0),
        [0x0002] = () => AttributeData.Signed32(0),
    };

    /// <inheritdoc/>
    public override ZclStatus Write(ushort attribute, ZclData value)
    {
        if (attribute != TimeAttribute)
        {
            // The status goes with the time; a client may write both.
            return attribute == StatusAttribute ? ZclStatus.Success : base.Write(attribute, value);
        }

        return value.Type != ZclDataType.UtcTime ? ZclStatus.InvalidDataType
            : value.View.TryGetUInt64(out ulong time) && TrySet((uint)time) ? ZclStatus.Success
            : ZclStatus.InvalidValue;
    }

    /// <summary>Takes what the hub's Time server answered.</summary>
    /// <param name="time">Its time.</param>
    /// <param name="status">What it is worth: only that of a master, or one that is synchronised, is taken.</param>
    /// <returns>Whether the clock was set.</returns>
    public bool TryTake(ZclData time, ZclData status) =>
        status.View.TryGetUInt64(out ulong worth) && (worth & Trusted) != 0
        && time.View.TryGetUInt64(out ulong seconds) && TrySet((uint)seconds);

    private bool TrySet(uint time)
    {
        if (ZclTime.ToMoment(time) is not DateTimeOffset moment)
        {
            return false;
        }

        clock.SetClock(moment);
        return true;
    }
}
