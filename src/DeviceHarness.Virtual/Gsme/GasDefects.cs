namespace DeviceHarness.Virtual.Gsme;

/// <summary>A known fault that can be planted in a virtual GSME; each is described by what it does on the wire.</summary>
[Flags]
public enum GasDefects
{
    /// <summary>A meter as the specification wants it.</summary>
    None = 0,

    /// <summary><c>wrong-multiplier</c>: Metering attribute 0301 says 10 while the summation keeps its value: everything reads ten times
    /// too large.</summary>
    WrongMultiplier = 1,

    /// <summary><c>stale-readings</c>: Metering attribute 0000, read or reported, stays what it was at the last midnight, and attribute
    /// 0007 says that it is of now.</summary>
    StaleReadings = 2,

    /// <summary><c>clock-unknown</c> (IRP571): the meter takes the time and goes on saying that it does not know it: Time attribute 0000,
    /// Metering attribute 0007 and the stamps of events are FFFFFFFF.</summary>
    ClockUnknown = 4,

    /// <summary><c>valve-stays-open</c>: the supply status follows every command and tamper, and gas goes on flowing.</summary>
    ValveStaysOpen = 8,

    /// <summary><c>top-up-doubled</c>: a top-up that is accepted is credited twice.</summary>
    TopUpDoubled = 16,

    /// <summary><c>report-lost</c>: at every second wake nothing is reported to the mirror.</summary>
    ReportLost = 32,

    /// <summary><c>alert-storm</c>: at each wake it tells forty times that its cover was removed, which nobody did.</summary>
    AlertStorm = 64,

    /// <summary><c>tariff-ignored</c>: new prices are acknowledged and read back, and the old ones are charged.</summary>
    TariffIgnored = 128,

    /// <summary><c>billing-ignored</c>: the billing periods are taken and told, and at their beginnings nothing happens.</summary>
    BillingIgnored = 256,

    /// <summary><c>half-hour-lost</c>: the half hour that ends at 03:00 is in no profile; GetProfile and GetSampledData say that it has no
    /// value.</summary>
    HalfHourLost = 512,

    /// <summary><c>profile-shifted</c>: each half hour is told as the one after it.</summary>
    ProfileShifted = 1024,

    /// <summary><c>profile-scaled</c>: each half hour is told ten times as large, in another scale than that of attributes 0301 and
    /// 0302.</summary>
    ProfileScaled = 2048,

    /// <summary><c>log-stops-at-restart</c>: after a restart, that of new firmware too, nothing is entered into the profile and the network
    /// data log any more.</summary>
    LogStopsAtRestart = 4096,
}
