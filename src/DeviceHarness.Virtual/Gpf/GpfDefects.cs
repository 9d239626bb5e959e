namespace DeviceHarness.Virtual.Gpf;

/// <summary>A known fault that can be planted in a virtual GPF; each is described by what it does on the wire.</summary>
[Flags]
public enum GpfDefects
{
    /// <summary>A proxy as the specification wants it.</summary>
    None = 0,

    /// <summary><c>mirror-stale</c>: the first value of an attribute stays, and Metering attribute 0007 says that it is of the last
    /// report.</summary>
    MirrorStale = 1,

    /// <summary><c>answers-differ</c> (IRP586): what does not know the time is stamped with the proxy's own, and a GetSnapshot that finds
    /// none succeeds, where meters say FFFFFFFF and not found.</summary>
    AnswersDiffer = 2,

    /// <summary><c>gas-log-differs</c>: the half hour that ends at noon is told with a hundred litres more than the meter's.</summary>
    LogDiffers = 4,
}
