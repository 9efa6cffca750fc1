BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)

    # The mail server of the unit tests, the very file: SMTP with STARTTLS and logins. A certificate needs no authority above it to be
    # trusted by name.
    $usings = 'System', 'System.Collections.Generic', 'System.IO', 'System.Threading.Tasks' | ForEach-Object { "global using $_;" }
    $source = Get-Content (Join-Path $Root tests units PatternAnalysis.Delivery.Tests Support SmtpServer.cs) -Raw
    Add-Type -TypeDefinition "$usings`n#nullable enable`n$($source -replace '\binternal\b', 'public')"
    $key = [System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve+NamedCurves]::nistP256)
    $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=localhost', $key, 'SHA256')
    $names = [System.Security.Cryptography.X509Certificates.SubjectAlternativeNameBuilder]::new()
    $names.AddDnsName('localhost')
    $request.CertificateExtensions.Add($names.Build())
    $selfSigned = $request.CreateSelfSigned([datetimeoffset]::Now.AddDays(-1), [datetimeoffset]::Now.AddDays(1))
    # Windows does TLS with a key from a file only.
    $certificate = [System.Security.Cryptography.X509Certificates.X509Certificate2]::new($selfSigned.Export('Pfx'))
    $authorityFile = Join-Path $TestDrive authority.pem
    Set-Content $authorityFile $selfSigned.ExportCertificatePem()

    $routine = 'Read', 'Edit', 'Write'
    $sessions = [ordered]@{}
    1..20 | ForEach-Object { $sessions["s$_"] = $routine }
    $database = New-EventDatabase (Join-Path $TestDrive events.db) $sessions
    $null = Invoke-PatternAnalysis -Database $database
}

Describe 'A notification' {
    It 'that can not be delivered is kept, and tells no secret' {
        $secret = [securestring]::new()
        't0ps3cret'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
        $webhook = @{ WebhookUrl = 'http://localhost:1/x-path'; WebhookSecret = $secret }
        Send-PatternNotification -Database $database -Sink Webhook, Log -Path (Join-Path $TestDrive told.log) @webhook `
            -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Match '^NotificationFailed'
        "$($failed[0])$($failed[0].Exception)" | Should -Not -Match 't0ps3cret|x-path'
        Join-Path $TestDrive told.log | Should -Exist
        $waiting = "SELECT count(*) AS n FROM pattern_outbox_deliveries WHERE sink = 'Webhook' AND delivered_at IS NULL"
        (Invoke-TestSql $database $waiting).n | Should -BeGreaterThan 0
    }

    It 'is not sent to an address that is not encrypted' {
        { Send-PatternNotification -Database $database -Sink Webhook -WebhookUrl http://example.com/ } |
            Should -Throw -ErrorId 'InvalidNotificationSettings,*'
    }
}

Describe 'A mail from a new PowerShell' {
    BeforeAll {
        $server = [PatternAnalysis.Delivery.Tests.Support.SmtpServer]::new($certificate, 'ada', 'p4ssw0rd')
        $send = @'
Import-Module $ManifestPath
$mail = @{
    Sink = 'Mail'; MailServer = 'localhost'; MailPort = $Port; MailFrom = 'agents@example.com'
    MailTo = 'ada@example.com', 'bob@example.com'
    MailCredential = [pscredential]::new('ada', (ConvertTo-SecureString $Password -AsPlainText -Force))
}
if ($Authority) { $mail.CertificateAuthority = $Authority }
Send-PatternNotification -Database $Database @mail -PassThru -ErrorAction Continue | ForEach-Object { "told of $($_.ToolSequence)" }
'by ' + ([Runtime.Loader.AssemblyLoadContext]::All | Where-Object { $_.Assemblies.GetName().Name -contains 'MailKit' }).Name
'@
        function Send-Mail {
            param ([string] $Login = 'p4ssw0rd', [string] $Authority = $authorityFile)

            Invoke-ChildScript $send -Variable @{ Database = $database; Port = $server.Port; Password = $Login; Authority = $Authority }
        }
    }

    AfterAll {
        $server.Dispose()
    }

    It 'goes to no server whose certificate is not trusted' {
        (Send-Mail -Authority '').Text | Should -Match 'certificate is not trusted'
        $server.Mails.Count | Should -Be 0
    }

    It 'is not taken when the login is refused, and no error tells the password' {
        $result = Send-Mail -Login 'wr0ng'
        $result.Text | Should -Match 'refused the login'
        $result.Text | Should -Not -Match 'wr0ng'
        $server.Mails.Count | Should -Be 0
    }

    It 'arrives encrypted, once however often it is sent, by the module''s own MailKit' {
        (Send-Mail).Lines | Should -Be 'told of Read→Edit→Write', 'by PatternAnalysis.Module'
        (Send-Mail).Lines | Should -Not -Match 'told of'

        $mail = @($server.Mails)
        $mail.Count | Should -Be 1
        $mail.WasEncrypted | Should -BeTrue
        $mail.Receivers | Should -Be 'RCPT TO:<ada@example.com>', 'RCPT TO:<bob@example.com>'
        $mail.Text | Should -Match 'Subject: 1 new pattern to review'
    }
}
