namespace DeviceHarness.Virtual.Esme;

/// <summary>A part of the meter that lives with its time.</summary>
internal interface IMeterEngine
{
    /// <summary>When it must be asked at the latest, by the meter's clock; null when the end of the minute will do.</summary>
    DateTimeOffset? NextDue { get; }

    /// <summary>Lives a slice: counts what happened in it, then does what is due at its end.</summary>
    void Live(in MeterSlice slice);
}
