namespace DeviceHarness.Virtual.Esme;

/// <summary>A known fault that can be planted in a virtual ESME; each is described by what it does on the wire.</summary>
[Flags]
public enum EsmeDefects
{
    /// <summary>A meter as the specification wants it.</summary>
    None = 0,

    /// <summary><c>wrong-scaler</c>: attribute 3 of the four total energy registers says a scaler that is one too high (<c>0F 01</c> for
    /// <c>0F 00</c>),
    /// while attribute 2 keeps its raw value: everything reads ten times too large.</summary>
    WrongScaler = 1,

    /// <summary><c>no-answer</c>: SNRM, RR, DISC and AARQ are answered, a GET, SET or ACTION never is, nor is it carried out. The I frame
    /// that brings
    /// it is accepted: N(R) of the RR that answers a poll has advanced.</summary>
    NoAnswer = 2,

    /// <summary><c>stuck-version</c>: the firmware identity reads as the version before the present one.</summary>
    StuckVersion = 4,

    /// <summary><c>clock-refused</c>: SET of the clock's time answers data-access-result 3 (read-write-denied); the clock keeps its
    /// time.</summary>
    ClockRefused = 8,

    /// <summary><c>switch-lies</c>: scripts and methods that move the supply answer success and move nothing.</summary>
    SwitchLies = 16,
}
