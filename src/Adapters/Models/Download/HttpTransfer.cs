using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace PersonalAi.Adapters.Models.Download;

/// <summary>
/// Brings one file from a server into an unfinished file: goes on where an earlier run stopped, as long as the server still has the
/// same bytes (RFC 9110, sections 13.1.5 and 14), and tries again when the connection is lost.
/// </summary>
internal sealed class HttpTransfer(HttpClient http, TimeProvider time, DownloadRules rules, WantedFile wanted, UnfinishedFile part, string folder)
{
    private const int BufferBytes = 1 << 18;
    private const int MostRedirects = 5;

    /// <summary>How far a size may be from one that its publisher rounded to three digits.</summary>
    private const double Rounding = 0.02;

    private bool _reached;
    private long? _allowed;

    /// <exception cref="ModelException">The server could not be reached, or did not give the file that is wanted; what came is kept.</exception>
    public async Task RunAsync(IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        var pause = rules.FirstPause;
        for (var failures = 0; !WasWhole(); failures++)
        {
            var before = part.Length;
            Interruption? interruption;
            try
            {
                interruption = await ReceiveAsync(progress, cancellationToken);
            }
            finally
            {
                part.Save();
            }

            if (interruption is null)
            {
                return;
            }

            if (part.Length > before)
            {
                (failures, pause) = (0, rules.FirstPause);
            }

            if (!_reached || failures >= rules.Retries || interruption.RetryAfter > rules.LongestPause)
            {
                throw GivenUp(interruption);
            }

            progress?.Report(new ModelProgress(wanted.FileName, ModelStage.Reconnecting, part.Length, part.State?.TotalBytes ?? 0));
            await Task.Delay(interruption.RetryAfter > pause ? interruption.RetryAfter.Value : pause, time, cancellationToken);
            pause *= 2;
        }
    }

    // An earlier run was stopped between its last byte and the end of its work.
    private bool WasWhole() => CanResume && part.Length == part.State!.TotalBytes;

    // Only what the server or a hash can confirm is gone on with.
    private bool CanResume => part is { Length: > 0, State: { } state } && state.Source == wanted.Source && (state.ETag ?? wanted.Sha256 ?? wanted.Integrity) is not null;

    private async Task<Interruption?> ReceiveAsync(IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await SendAsync(cancellationToken);
        }
        catch (HttpRequestException e)
        {
            // What is wrong with a certificate stands in the error behind this one.
            var reason = e is { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: { } inner } ? inner.Message : e.Message;
            return new Interruption($"could not be reached ({reason.TrimEnd('.')})", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            return new Interruption("did not answer", e);
        }

        using (response)
        {
            _reached = true;
            switch (response.StatusCode)
            {
                case HttpStatusCode.OK or HttpStatusCode.PartialContent:
                    return await AcceptAsync(response, cancellationToken) ?? await ReadAsync(response, progress, cancellationToken);
                case HttpStatusCode.RequestedRangeNotSatisfiable when part.Length > 0:
                    return StartOver();
                case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                    return new Interruption($"is too busy or has a fault (HTTP {(int)response.StatusCode})") { RetryAfter = RetryAfter(response) };
                default:
                    throw Refused(response);
            }
        }
    }

    private async Task<HttpResponseMessage> SendAsync(CancellationToken cancellationToken)
    {
        var location = wanted.Source;
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, location);
            if (CanResume)
            {
                request.Headers.Range = new RangeHeaderValue(part.Length, null);
                request.Headers.IfRange = part.State!.ETag is { } tag ? new RangeConditionHeaderValue(new EntityTagHeaderValue(tag)) : null;
            }

            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
            {
                return response;
            }

            using (response)
            {
                location = await FollowAsync(location, response.Headers.Location, cancellationToken);
            }
        }

        throw Failed($"\"{wanted.Source.Authority}\" redirects \"{wanted.FileName}\" more than {MostRedirects} times: choose another source with --from.");
    }

    private async Task<Uri> FollowAsync(Uri from, Uri? target, CancellationToken cancellationToken)
    {
        var location = target is null
            ? throw Failed($"\"{from.Authority}\" redirects \"{wanted.FileName}\" to nowhere: choose another source with --from.")
            : new Uri(from, target);
        var stays = location.Scheme == Uri.UriSchemeHttps || (location.Scheme == Uri.UriSchemeHttp && location.IsLoopback && from.IsLoopback);
        if (!stays)
        {
            throw Failed(
                $"\"{from.Authority}\" redirects \"{wanted.FileName}\" to \"{location.Scheme}://{location.Authority}\", which is not encrypted: choose another source with --from.");
        }

        if (!string.Equals(location.Authority, from.Authority, StringComparison.OrdinalIgnoreCase))
        {
            await rules.AllowRedirectAsync(location, cancellationToken);
        }

        return location;
    }

    /// <summary>Judges what is about to come, and makes the unfinished file ready for it; null where it may come.</summary>
    private async Task<Interruption?> AcceptAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var location = response.RequestMessage!.RequestUri!;
        var content = response.Content.Headers;
        if (content.ContentType?.MediaType is "text/html")
        {
            throw Failed($"\"{location.Authority}\" sent a web page instead of \"{wanted.FileName}\": check the address, or open it with a browser to see what it says.");
        }

        var resumes = response.StatusCode == HttpStatusCode.PartialContent;
        var total = TotalBytes(response, location);
        if (resumes && total != part.State!.TotalBytes)
        {
            return StartOver();
        }

        CheckSize(total, location);
        var discarded = resumes ? 0 : part.Length;
        var have = resumes ? part.Length : 0;
        ModelInstallation.EnsureRoom(folder, total - have - discarded);
        if (_allowed != total)
        {
            await rules.AllowBytesAsync(new DownloadOffer(wanted.FileName, wanted.Source, location, total, have), cancellationToken);
            _allowed = total;
        }

        if (!resumes)
        {
            part.Restart(new PartState(wanted.Source, response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null, total, DoneBytes: 0));
        }

        return null;
    }

    private long TotalBytes(HttpResponseMessage response, Uri location)
    {
        var content = response.Content.Headers;
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return content.ContentLength
                ?? throw Failed($"\"{location.Authority}\" does not say how large \"{wanted.FileName}\" is: choose another source with --from.");
        }

        return CanResume && content.ContentRange is { Unit: "bytes", Length: { } total, From: { } from } && from == part.Length
            ? total
            : throw Failed($"\"{location.Authority}\" sent another part of \"{wanted.FileName}\" than it was asked for: choose another source with --from.");
    }

    private void CheckSize(long total, Uri location)
    {
        var fits = wanted switch
        {
            { Bytes: { } exact } => total == exact,
            { RoundedBytes: { } rounded } => Math.Abs(total - rounded) <= rounded * Rounding,
            _ => true,
        };
        if (!fits)
        {
            throw Failed(string.Create(
                CultureInfo.InvariantCulture,
                $"\"{location.Authority}\" announces {total:N0} bytes for \"{wanted.FileName}\", which has {wanted.Bytes ?? wanted.RoundedBytes:N0}: choose another source with --from."));
        }
    }

    private async Task<Interruption?> ReadAsync(HttpResponseMessage response, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        var total = part.State!.TotalBytes;
        var buffer = new byte[BufferBytes];
        progress?.Report(new ModelProgress(wanted.FileName, ModelStage.Fetching, part.Length, total));
        using var silence = new CancellationTokenSource(rules.Silence, time);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(stopping.Token);
            int read;
            while ((read = await body.ReadAsync(buffer, stopping.Token)) > 0)
            {
                silence.CancelAfter(rules.Silence);
                Append(buffer.AsSpan(0, read), total, response.RequestMessage!.RequestUri!);
                progress?.Report(new ModelProgress(wanted.FileName, ModelStage.Fetching, part.Length, total));
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            return new Interruption("fell silent", e);
        }
        catch (IOException e)
        {
            return new Interruption("closed the connection", e);
        }

        return part.Length < total ? new Interruption("closed the connection") : null;
    }

    private void Append(ReadOnlySpan<byte> bytes, long total, Uri location)
    {
        if (part.Length == 0 && bytes.Length >= wanted.Format.Beginning.Length && !bytes.StartsWith(wanted.Format.Beginning.AsSpan()))
        {
            throw Failed($"\"{location.Authority}\" sent something that is no {wanted.Format.Name} instead of \"{wanted.FileName}\": choose another source with --from.");
        }

        if (bytes.Length > total - part.Length)
        {
            throw Failed(string.Create(
                CultureInfo.InvariantCulture, $"\"{location.Authority}\" sent more than the {total:N0} bytes that it announced for \"{wanted.FileName}\": choose another source with --from."));
        }

        part.Append(bytes);
    }

    private Interruption StartOver()
    {
        part.Restart(part.State!);
        return new Interruption("has another file of that name now");
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    private ModelException GivenUp(Interruption interruption) => new(
        ModelError.Network,
        $"\"{wanted.Source.Authority}\" {interruption.Reason} while \"{wanted.FileName}\" was fetched: try again"
        + (interruption.RetryAfter is { } pause && pause > rules.LongestPause ? $" in {Math.Ceiling(pause.TotalMinutes):0} minutes" : " later")
        + (part.Length > 0 ? ", and it goes on from there." : "."),
        interruption.Error);

    private ModelException Refused(HttpResponseMessage response)
    {
        var (host, status) = (response.RequestMessage!.RequestUri!.Authority, (int)response.StatusCode);
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Failed(
                $"\"{host}\" does not give \"{wanted.FileName}\" to everybody (HTTP {status}): where it is gated, accept its terms there with a browser, and take the file that you get with --from."),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => Failed(
                $"\"{host}\" has no \"{wanted.FileName}\" (HTTP {status}): choose another variant, or another source with --from."),
            _ => Failed($"\"{host}\" refuses \"{wanted.FileName}\" (HTTP {status}): choose another source with --from."),
        };
    }

    private static ModelException Failed(string message) => new(ModelError.Network, message);
}
