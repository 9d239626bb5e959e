namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>When billing periods of a gas meter begin.</summary>
/// <param name="BillingPeriodStart">When the first one begins.</param>
/// <param name="Periodicity">How long each is.</param>
/// <remarks>Spec: DUIS and MMC XML schemas 5.1, GasBillingCalendar.</remarks>
public sealed record GasBillingCalendar(DateTimeOffset BillingPeriodStart, BillingPeriodicity Periodicity);
