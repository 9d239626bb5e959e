namespace DeviceHarness.Duis.Service;

/// <summary>How many critical requests a User lets itself send within a time; what goes beyond is quarantined.</summary>
/// <remarks>From SEC Panel paper SECP_79_1704_03's companion on new proposals (TABASC, 30 January 2020): a threshold is a ceiling that the
/// User itself sets, and a breach means quarantine. Neither the window nor any figure is public, so there is no threshold unless somebody
/// states one.</remarks>
/// <param name="Name">What the set is called, for people.</param>
/// <param name="Source">Where its figures are from.</param>
/// <param name="Window">The time in which requests are counted: one is counted for so long.</param>
/// <param name="Limits">The ceilings.</param>
public sealed record AnomalyThresholds(string Name, string Source, TimeSpan Window, IReadOnlyList<AnomalyThreshold> Limits)
{
    /// <summary>The longest window.</summary>
    public static readonly TimeSpan MaximumWindow = TimeSpan.FromDays(7);

    /// <summary>No User has set any.</summary>
    public static AnomalyThresholds None { get; } =
        new("none-set", "a User sets its own thresholds, and none of this bench has", TimeSpan.FromHours(24), []);

    /// <summary>Says to people why a request above a ceiling was quarantined.</summary>
    public string Explain(AnomalyThreshold threshold)
    {
        ArgumentNullException.ThrowIfNull(threshold);
        string what = threshold.Srv.Length == 0 ? "critical requests" : threshold.Srv;
        return $"quarantined: above the threshold of {threshold.AtMost} {what} of this User within {Window:c} (set {Name}: {Source})";
    }
}

/// <summary>One ceiling.</summary>
/// <param name="User">The User that set it.</param>
/// <param name="Srv">The critical variant that it is for; empty for all critical ones together.</param>
/// <param name="AtMost">How many are sent within the window, 0 to <see cref="Maximum"/>.</param>
public sealed record AnomalyThreshold(Eui64 User, string Srv, int AtMost)
{
    /// <summary>The highest ceiling.</summary>
    public const int Maximum = 100_000;

    /// <summary>Whether it counts a critical request.</summary>
    public bool Counts(Eui64 user, string srv) => User == user && (Srv.Length == 0 || Srv == srv);
}
