using System.Net;
using System.Text;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Power;

/// <summary>An outlet of a power strip that is asked over HTTP, and looked at afterwards where the strip tells.</summary>
/// <param name="feed">The feed's name, for messages.</param>
/// <param name="outlet">The requests.</param>
/// <param name="client">Who sends them; its time-out is how long an answer may take.</param>
internal sealed class HttpContact(string feed, HttpSwitch outlet, HttpClient client) : IFeedContact
{
    /// <inheritdoc/>
    /// <exception cref="TransportException">POWER-011: the strip does not answer, refuses or says the opposite.</exception>
    public async Task SetAsync(bool isOn, CancellationToken cancellationToken)
    {
        _ = await SendAsync(isOn ? outlet.On : outlet.Off, cancellationToken).ConfigureAwait(false);
        if (outlet.State is not { } state)
        {
            return;
        }

        string told = await SendAsync(state.Request, cancellationToken).ConfigureAwait(false);
        if (told.Contains(state.OnWhen, StringComparison.Ordinal) != isOn)
        {
            throw Fault(state.Request, $"it was switched {(isOn ? "on" : "off")}, and its state says the opposite", null);
        }
    }

    private async Task<string> SendAsync(HttpRequestText text, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(new HttpMethod(text.Method), text.Url);
        if (text.Body.Length > 0)
        {
            request.Content = new StringContent(text.Body);
        }

        if (outlet.Authorization?.Resolve() is { } secret)
        {
            request.Headers.TryAddWithoutValidation("Authorization", Encoding.ASCII.GetString(secret.Span));
        }

        try
        {
            using HttpResponseMessage answer = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return answer.StatusCode is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices
                ? await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)
                : throw Fault(text, $"it answers {(int)answer.StatusCode} {answer.ReasonPhrase}", null);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Fault(text, "it does not answer", exception);
        }
    }

    // The host alone: a strip's address may hold a password.
    private TransportException Fault(HttpRequestText text, string what, Exception? exception) => new(
        "POWER-011", $"feed {feed}: the power strip {text.Url.Host}:{text.Url.Port} was asked: {what}; is it on the network, and are 'url' "
        + "and 'authorization' its own?", feed, exception);
}
