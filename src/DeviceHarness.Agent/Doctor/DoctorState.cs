namespace DeviceHarness.Agent.Doctor;

/// <summary>Whether something has to be done about a finding.</summary>
public enum DoctorState
{
    /// <summary>Nothing.</summary>
    Good,

    /// <summary>The bench works, and a person should know.</summary>
    Note,

    /// <summary>The bench does not work, or not for what it is there for.</summary>
    Wrong,
}
