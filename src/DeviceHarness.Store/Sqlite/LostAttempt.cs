namespace DeviceHarness.Store.Sqlite;

/// <summary>Why an execution without a live attempt may go back to the queue.</summary>
internal enum LostAttempt
{
    /// <summary>Its attempt ended with a result: it does not go back.</summary>
    None,

    /// <summary>Its lease was declined before it began: it goes back, whatever its repeat safety.</summary>
    WasNeverBegun,

    /// <summary>Its lease ended without a result: it goes back when it is safe to repeat.</summary>
    MayRepeat,
}
