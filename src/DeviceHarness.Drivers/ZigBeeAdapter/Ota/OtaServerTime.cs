using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ota;

/// <summary>Times as the cluster sends them: seconds since 2000-01-01 UTC; spans from 0 when the server does not know the time.</summary>
internal sealed class OtaServerTime(DateTimeOffset? timeAtOrigin)
{
    public uint Current(TimeSpan now) => timeAtOrigin is { } origin ? Seconds(origin + now) : 0;

    public uint UpgradeAt(OtaActivation activation, TimeSpan now)
    {
        uint current = Current(now);
        return activation switch
        {
            { Delay: { } delay } => current + (uint)Math.Ceiling(delay.TotalSeconds),
            { Moment: { } moment } => Math.Max(current, Seconds(moment)),
            _ => ZclTime.Invalid,
        };
    }

    private static uint Seconds(DateTimeOffset moment) => (uint)Math.Clamp((moment - ZclTime.Epoch).TotalSeconds, 0, ZclTime.Invalid - 1);
}
